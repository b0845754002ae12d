/** What a node counts: plain counters and latencies, and the snapshots made of them. */
@NullMarked
package dev.kvasir.cache.stats;

import org.jspecify.annotations.NullMarked;
