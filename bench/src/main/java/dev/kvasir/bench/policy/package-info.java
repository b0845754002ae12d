/** Replays traces of block accesses with the cache's own policies, and with perfect foresight. */
@NullMarked
package dev.kvasir.bench.policy;

import org.jspecify.annotations.NullMarked;
