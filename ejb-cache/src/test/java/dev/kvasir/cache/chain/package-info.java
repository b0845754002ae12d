/** Tests of the package of this name. */
@NullMarked
package dev.kvasir.cache.chain;

import org.jspecify.annotations.NullMarked;
