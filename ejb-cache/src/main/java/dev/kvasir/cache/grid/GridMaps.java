package dev.kvasir.cache.grid;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.partition.PartitionService;
import dev.kvasir.inference.BlockHash;

/**
 * Where the blocks lie: the maps of payloads and index, in the cluster that has them.
 *
 * @param hazelcast this node's way to the cluster
 * @param blocks payloads
 * @param index what is known of each block
 */
record GridMaps(
    HazelcastInstance hazelcast,
    IMap<BlockHash, byte[]> blocks,
    IMap<BlockHash, IndexEntry> index) {
  static GridMaps of(HazelcastInstance hazelcast) {
    return new GridMaps(
        hazelcast,
        hazelcast.getMap(HazelcastSettings.BLOCKS),
        hazelcast.getMap(HazelcastSettings.INDEX));
  }

  PartitionService partitions() {
    return hazelcast.getPartitionService();
  }

  /** The clock that all members share. */
  long clusterMillis() {
    return hazelcast.getCluster().getClusterTime();
  }
}
