package dev.kvasir.cache.grid;

import com.hazelcast.core.HazelcastInstance;
import java.util.UUID;

/**
 * A node of the grid, from its start to its end.
 *
 * @param id of its member, or of its connections
 * @param client whether it is a client of the members
 */
record NodeId(UUID id, boolean client) {
  /** This node. */
  static NodeId of(HazelcastInstance hazelcast, boolean client) {
    return new NodeId(hazelcast.getLocalEndpoint().getUuid(), client);
  }
}
