/** Real engines, real grids and the real cache in one process: a hit never changes the answer. */
@NullMarked
package dev.kvasir.cache.oracle;

import org.jspecify.annotations.NullMarked;
