/** Tests of the package of this name. */
@NullMarked
package dev.kvasir.cache.admission;

import org.jspecify.annotations.NullMarked;
