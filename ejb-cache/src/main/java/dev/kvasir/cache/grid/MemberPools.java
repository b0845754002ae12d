package dev.kvasir.cache.grid;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import dev.kvasir.cache.route.PoolCensus;
import dev.kvasir.cache.route.PoolView;
import dev.kvasir.inference.BlockHash;
import java.util.List;
import java.util.Objects;

/** The engine pools of the other members. */
final class MemberPools implements PoolCensus {
  /** A request waits for it: much longer than a healthy member takes, shorter than computing. */
  private static final int PATIENCE_MILLIS = 100;

  private final HazelcastInstance hazelcast;
  private final MemberCalls members;

  MemberPools(HazelcastInstance hazelcast) {
    this.hazelcast = hazelcast;
    members = new MemberCalls(hazelcast.getExecutorService(HazelcastSettings.MEMBER_CALLS));
  }

  @Override
  public List<PoolView> ask(List<BlockHash> hashes) {
    try {
      return GridAdmin.reach(
          () ->
              members
                  .askOthers(new AskPool(hashes), hazelcast.getCluster(), PATIENCE_MILLIS)
                  .values()
                  .stream()
                  .map(AskPool.Answer::view)
                  .filter(Objects::nonNull)
                  .toList());
    } catch (GridException e) {
      return List.of(); // the grid itself tells of its troubles
    }
  }

  @Override
  public boolean hasNode(String name) {
    try {
      return GridAdmin.reach(
          () ->
              hazelcast.getCluster().getMembers().stream()
                  .anyMatch(member -> isNamed(member, name)));
    } catch (GridException e) {
      return false;
    }
  }

  private static boolean isNamed(Member member, String name) {
    return name.equals(member.getAttribute(HazelcastSettings.NODE_ATTRIBUTE));
  }
}
