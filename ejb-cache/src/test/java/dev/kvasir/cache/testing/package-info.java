/** Hand-made stand-ins for engine and grid: exact, deterministic, and wrong on wrong K/V. */
@NullMarked
package dev.kvasir.cache.testing;

import org.jspecify.annotations.NullMarked;
