package dev.kvasir.cache.grid;

import com.hazelcast.client.Client;
import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import dev.kvasir.cache.ClientInfo;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The nodes that are clients of the grid: members know them, a client asks one. */
final class Clients {
  private static final int ASK_TIMEOUT_MILLIS = 1_000;
  private static final String LABEL = HazelcastSettings.NODE_ATTRIBUTE + "=";

  private final HazelcastInstance hazelcast;
  private final boolean client;
  private final MemberCalls members;

  /**
   * @param client whether this node is one itself
   */
  Clients(HazelcastInstance hazelcast, boolean client, MemberCalls members) {
    this.hazelcast = hazelcast;
    this.client = client;
    this.members = members;
  }

  /** What tells a client of ours from any other, and its node's name. */
  static String label(String node) {
    return LABEL + node;
  }

  /** Whether this node is one. */
  boolean isOne() {
    return client;
  }

  /** Whether this node is a member and has nobody beside it. */
  boolean isAlone() {
    return !client
        && hazelcast.getCluster().getMembers().size() == 1
        && hazelcast.getClientService().getConnectedClients().isEmpty();
  }

  /** All of them, this node too if it is one; none if no member answers. */
  List<ClientNode> all() {
    if (!client) {
      return hazelcast.getClientService().getConnectedClients().stream()
          .flatMap(connected -> node(connected).stream())
          .toList();
    }
    Iterator<Member> known = hazelcast.getCluster().getMembers().iterator();
    return known.hasNext()
        ? members
            .ask(known.next(), new AskClients(), ASK_TIMEOUT_MILLIS)
            .map(ClientNode.Connected::clients)
            .orElse(List.of())
        : List.of();
  }

  /** All but this node. */
  List<UUID> others() {
    UUID self = hazelcast.getLocalEndpoint().getUuid();
    return all().stream().map(ClientNode::id).filter(id -> !id.equals(self)).toList();
  }

  private static Optional<ClientNode> node(Client connected) {
    InetSocketAddress from = connected.getSocketAddress();
    String address = from.getAddress().getHostAddress() + ":" + from.getPort();
    return connected.getLabels().stream()
        .filter(label -> label.startsWith(LABEL))
        .findFirst()
        .map(
            label ->
                new ClientNode(
                    connected.getUuid(), new ClientInfo(label.substring(LABEL.length()), address)));
  }
}
