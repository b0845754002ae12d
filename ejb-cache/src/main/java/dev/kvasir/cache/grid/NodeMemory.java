package dev.kvasir.cache.grid;

import dev.kvasir.cache.Ticker;
import dev.kvasir.cache.policy.PrefixTree;

/**
 * What this node knows of the grid without asking anybody.
 *
 * @param replica of the index
 * @param near copies of payloads
 * @param absent blocks that are not there, and why
 * @param stats what left, and how much there is
 */
record NodeMemory(IndexReplica replica, NearTier near, AbsentNames absent, StatsReader stats) {
  static NodeMemory of(GridConfig config, GridMaps maps) {
    IndexReplica replica =
        new IndexReplica(
            new PrefixTree(config.settings().policy(), config.cost()),
            Ticker.system(),
            maps::clusterMillis);
    NearTier near = new NearTier(maps.blocks(), config.near().capacity());
    return new NodeMemory(
        replica,
        near,
        new AbsentNames(Ticker.system()),
        new StatsReader(maps.blocks(), replica, near));
  }

  /** After everything was cleared. */
  void clear() {
    replica.hashes().forEach(absent::removed);
    stats.departures().count(Departures.Cause.REMOVED, replica.clear());
    near.clear();
  }
}
