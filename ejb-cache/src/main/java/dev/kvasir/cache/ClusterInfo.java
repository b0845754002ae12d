package dev.kvasir.cache;

import java.util.List;

/**
 * The cluster as this node sees it.
 *
 * @param node name of the node that answers
 * @param topology what this node is in it
 * @param members all of them, oldest first; none if this node is a client and reaches none
 * @param clients the nodes that are clients of the members
 * @param safe whether every block that should have a backup has one
 */
public record ClusterInfo(
    String node,
    Topology topology,
    List<MemberInfo> members,
    List<ClientInfo> clients,
    boolean safe) {
  public ClusterInfo {
    members = List.copyOf(members);
    clients = List.copyOf(clients);
  }

  /** Of nodes that are all members. */
  public ClusterInfo(String node, List<MemberInfo> members, boolean safe) {
    this(node, Topology.EMBEDDED, members, List.of(), safe);
  }

  /** Of a client that reaches no member. */
  public static ClusterInfo unreachable(String node) {
    return new ClusterInfo(node, Topology.CLIENT_SERVER, List.of(), List.of(), false);
  }

  /** Where the blocks lie, as a node sees it. */
  public enum Topology {
    /** The node is a member itself, and holds its share. */
    EMBEDDED,
    /** The node is a client: members that run without model hold them. */
    CLIENT_SERVER
  }
}
