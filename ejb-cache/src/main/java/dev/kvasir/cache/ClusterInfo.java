package dev.kvasir.cache;

import java.util.List;

/**
 * The cluster as this node sees it.
 *
 * @param node name of the node that answers
 * @param members all of them, oldest first
 * @param safe whether every block that should have a backup has one
 */
public record ClusterInfo(String node, List<MemberInfo> members, boolean safe) {
  public ClusterInfo {
    members = List.copyOf(members);
  }
}
