package dev.kvasir.cache.grid;

import com.hazelcast.cluster.ClusterState;
import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.instance.impl.Node;
import java.util.List;

/** What happens to members of a cluster, to order. */
public final class TestingFaults {
  private static final int ATTEMPTS = 5;

  private TestingFaults() {}

  /** A member dies without goodbye. */
  public static void kill(Grid grid) {
    grid.kill();
  }

  /**
   * Two members lose each other and go on as halves, each with its own backups of all blocks, until
   * they may {@link #join} again.
   */
  public static void split(Grid one, Grid other) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      suspect(one, other);
      suspect(other, one);
      Await.until("each is alone", () -> one.memberCount() == 1 && other.memberCount() == 1);
      for (Grid half : List.of(one, other)) {
        Await.until(
            "it stays alone, or is too late",
            () -> half.memberCount() == 2 || setState(half, ClusterState.FROZEN));
      }
      if (one.memberCount() == 1 && other.memberCount() == 1) {
        return;
      }
      join(one, other); // they had begun to merge
    }
    throw new AssertionError("the members found back " + ATTEMPTS + " times");
  }

  /** Lets two halves find each other, as they try every two seconds; returns when they have. */
  public static void join(Grid one, Grid other) {
    for (Grid half : List.of(one, other)) {
      Await.until("it may be joined", () -> setState(half, ClusterState.ACTIVE));
    }
    Await.until("one cluster", () -> one.memberCount() == 2 && other.memberCount() == 2);
  }

  /** In a frozen state members neither come nor merge. */
  private static boolean setState(Grid grid, ClusterState state) {
    try {
      grid.hazelcast().getCluster().changeClusterState(state);
      return true;
    } catch (HazelcastException | IllegalStateException e) {
      return false; // it is just changing
    }
  }

  private static void suspect(Grid grid, Grid lost) {
    Node node = node(grid);
    Member member = node.getClusterService().getMember(node(lost).getThisAddress());
    if (member != null) {
      node.getClusterService().suspectMember(member, "a test cut the connection", true);
    }
  }

  private static Node node(Grid grid) {
    return ((HazelcastInstanceProxy) grid.hazelcast()).getOriginal().node;
  }
}
