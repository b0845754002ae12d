/** Why the last requests took from the cache what they took, to be asked for by their ids. */
@NullMarked
package dev.kvasir.cache.explain;

import org.jspecify.annotations.NullMarked;
