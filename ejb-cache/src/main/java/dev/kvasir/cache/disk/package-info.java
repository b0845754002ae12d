/**
 * Blocks on this node's disk, one immutable file each: what the grid evicts is not lost, and a
 * cluster that starts finds what it had. Plain Java; knows neither grid nor engine.
 */
@NullMarked
package dev.kvasir.cache.disk;

import org.jspecify.annotations.NullMarked;
