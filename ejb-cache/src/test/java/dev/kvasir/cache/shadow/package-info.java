/** Tests of the shadows. */
@NullMarked
package dev.kvasir.cache.shadow;

import org.jspecify.annotations.NullMarked;
