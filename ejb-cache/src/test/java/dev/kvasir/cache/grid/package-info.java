/** Tests of the package of this name. */
@NullMarked
package dev.kvasir.cache.grid;

import org.jspecify.annotations.NullMarked;
