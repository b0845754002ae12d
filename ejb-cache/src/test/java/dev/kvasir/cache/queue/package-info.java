/** Tests of the package of this name. */
@NullMarked
package dev.kvasir.cache.queue;

import org.jspecify.annotations.NullMarked;
