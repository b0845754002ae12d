package dev.kvasir.web.cache;

import dev.kvasir.cache.ClusterInfo;
import dev.kvasir.cache.MemberInfo;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;
import java.util.Locale;

/** The cluster as the node that answers sees it; it means what {@link ClusterInfo} says. */
@JsonbPropertyOrder({"node", "topology", "safe", "members", "clients"})
public record ClusterBody(
    String node, String topology, boolean safe, List<Member> members, List<Client> clients) {

  /** A node that is a client of the members. */
  @JsonbPropertyOrder({"name", "address"})
  public record Client(String name, String address) {}

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
        cluster.topology().name().toLowerCase(Locale.ROOT),
        cluster.safe(),
        cluster.members().stream().map(ClusterBody::member).toList(),
        cluster.clients().stream()
            .map(client -> new Client(client.name(), client.address()))
            .toList());
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
