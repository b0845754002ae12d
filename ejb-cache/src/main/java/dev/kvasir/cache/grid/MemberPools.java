package dev.kvasir.cache.grid;

import com.hazelcast.core.HazelcastInstance;
import dev.kvasir.cache.route.PoolCensus;
import dev.kvasir.cache.route.PoolView;
import dev.kvasir.inference.BlockHash;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The engine pools of the other nodes, be they members or clients. */
final class MemberPools implements PoolCensus {
  /** A request waits for it: much longer than a healthy node takes, shorter than computing. */
  private static final int PATIENCE_MILLIS = 100;

  private final String node;
  private final HazelcastInstance hazelcast;
  private final NodeCalls nodes;

  /**
   * @param node this one's name
   */
  MemberPools(String node, HazelcastInstance hazelcast, NodeCalls nodes) {
    this.node = node;
    this.hazelcast = hazelcast;
    this.nodes = nodes;
  }

  @Override
  public List<PoolView> ask(List<BlockHash> hashes) {
    try {
      return GridException.reaching(
          () ->
              nodes.askAll(new AskPool(hashes), PATIENCE_MILLIS).stream()
                  .map(AskPool.Answer::view)
                  .filter(Objects::nonNull)
                  .filter(view -> !view.node().equals(node))
                  .toList());
    } catch (GridException e) {
      return List.of(); // the grid itself tells of its troubles
    }
  }

  @Override
  public boolean hasNode(String name) {
    try {
      return GridException.reaching(() -> names().anyMatch(name::equals));
    } catch (GridException e) {
      return false;
    }
  }

  private Stream<String> names() {
    return Stream.concat(
        hazelcast.getCluster().getMembers().stream().map(ClusterView::nodeName),
        nodes.clients().all().stream().map(client -> client.info().name()));
  }
}
