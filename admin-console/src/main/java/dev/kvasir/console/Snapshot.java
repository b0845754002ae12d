package dev.kvasir.console;

import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.CacheStats;
import dev.kvasir.cache.ClusterInfo;
import java.time.Instant;
import java.util.Map;

/**
 * All that the pages show, taken at one time.
 *
 * @param takenAt when
 * @param stats counters and sizes of this node
 * @param settings in force on all nodes
 * @param cluster the nodes
 * @param bytesByTenant of the blocks in the grid, without backups
 */
public record Snapshot(
    Instant takenAt,
    CacheStats stats,
    CacheSettings settings,
    ClusterInfo cluster,
    Map<String, Long> bytesByTenant) {
  public Snapshot {
    bytesByTenant = Map.copyOf(bytesByTenant);
  }
}
