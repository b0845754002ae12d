package dev.kvasir.cache.grid;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import dev.kvasir.cache.ClusterInfo;
import dev.kvasir.cache.ClusterInfo.Topology;
import dev.kvasir.cache.MemberInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The nodes of the cluster, and what each of them holds. */
final class ClusterView {
  private static final int ASK_TIMEOUT_MILLIS = 1_000;

  private final String node;
  private final HazelcastInstance hazelcast;
  private final NodeCalls nodes;
  private final Map<UUID, MemberNumbers> lastNumbers = new ConcurrentHashMap<>();

  /**
   * @param node name of this one
   */
  ClusterView(String node, HazelcastInstance hazelcast, NodeCalls nodes) {
    this.node = node;
    this.hazelcast = hazelcast;
    this.nodes = nodes;
  }

  static String nodeName(Member member) {
    String name = member.getAttribute(HazelcastSettings.NODE_ATTRIBUTE);
    return name == null ? "" : name;
  }

  /** Members, this node included if it is one, as this node knows: no remote call. */
  int memberCount() {
    return hazelcast.getCluster().getMembers().size();
  }

  /**
   * Asks all nodes, and waits a second for them at most.
   *
   * @param budgetBytes of each
   */
  ClusterInfo ask(long budgetBytes) {
    List<ClientNode> clients = nodes.clients().all();
    Map<UUID, MemberNumbers> answers = nodes.askEach(clients, new AskNumbers(), ASK_TIMEOUT_MILLIS);
    lastNumbers.putAll(answers);
    boolean safe = true;
    List<MemberInfo> infos = new ArrayList<>();
    for (Member member : hazelcast.getCluster().getMembers()) {
      MemberNumbers answer = answers.get(member.getUuid());
      safe &= answer != null && answer.safe();
      infos.add(info(member, numbers(member.getUuid(), answer), budgetBytes));
    }
    return new ClusterInfo(
        node,
        nodes.clients().isOne() ? Topology.CLIENT_SERVER : Topology.EMBEDDED,
        infos,
        clients.stream()
            .map(
                client ->
                    client.info().with(numbers(client.id(), answers.get(client.id())).report()))
            .toList(),
        safe);
  }

  private MemberInfo info(Member member, MemberNumbers numbers, long budgetBytes) {
    return new MemberInfo(
        nodeName(member),
        member.getAddress().getHost() + ":" + member.getAddress().getPort(),
        member.localMember(),
        partitionsOf(member),
        numbers.ownedBlocks(),
        numbers.ownedBytes(),
        numbers.backupBytes(),
        budgetBytes,
        numbers.report());
  }

  private int partitionsOf(Member member) {
    return (int)
        hazelcast.getPartitionService().getPartitions().stream()
            .filter(partition -> member.equals(partition.getOwner()))
            .count();
  }

  private MemberNumbers numbers(UUID node, @Nullable MemberNumbers answer) {
    return answer != null
        ? answer
        : lastNumbers.getOrDefault(node, MemberNumbers.UNKNOWN).asSilent();
  }
}
