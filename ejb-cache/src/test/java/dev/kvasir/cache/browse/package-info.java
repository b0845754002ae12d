/** Tests of the package of this name. */
@NullMarked
package dev.kvasir.cache.browse;

import org.jspecify.annotations.NullMarked;
