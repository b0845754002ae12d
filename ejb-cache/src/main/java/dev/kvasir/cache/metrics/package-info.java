/** The node's statistics as MicroProfile Metrics: names, units and buckets, nothing else. */
@NullMarked
package dev.kvasir.cache.metrics;

import org.jspecify.annotations.NullMarked;
