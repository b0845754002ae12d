package dev.kvasir.web.cache;

import dev.kvasir.cache.ClusterInfo;
import dev.kvasir.cache.MemberInfo;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;

/** The cluster as the node that answers sees it; it means what {@link ClusterInfo} says. */
@JsonbPropertyOrder({"node", "safe", "members"})
public record ClusterBody(String node, boolean safe, List<Member> members) {

  /** One node. */
  @JsonbPropertyOrder({
    "name",
    "address",
    "local",
    "ownedBlocks",
    "ownedBytes",
    "backupBytes",
    "budgetBytes"
  })
  public record Member(
      String name,
      String address,
      boolean local,
      long ownedBlocks,
      long ownedBytes,
      long backupBytes,
      long budgetBytes) {}

  static ClusterBody of(ClusterInfo cluster) {
    return new ClusterBody(
        cluster.node(),
        cluster.safe(),
        cluster.members().stream().map(ClusterBody::member).toList());
  }

  private static Member member(MemberInfo member) {
    return new Member(
        member.name(),
        member.address(),
        member.local(),
        member.ownedBlocks(),
        member.ownedBytes(),
        member.backupBytes(),
        member.budgetBytes());
  }
}
