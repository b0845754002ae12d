package dev.kvasir.web.cache;

import dev.kvasir.cache.ClientInfo;
import dev.kvasir.cache.ClusterInfo;
import dev.kvasir.cache.MemberInfo;
import dev.kvasir.cache.NodeReport;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The cluster as the node that answers sees it; it means what {@link ClusterInfo} says. */
@JsonbPropertyOrder({"node", "topology", "safe", "members", "clients"})
public record ClusterBody(
    String node, String topology, boolean safe, List<Member> members, List<Client> clients) {

  /** A node that is a client of the members. */
  @JsonbPropertyOrder({"name", "address", "version", "java", "answering", "nearBlocks", "load"})
  public record Client(
      String name,
      String address,
      String version,
      String java,
      boolean answering,
      long nearBlocks,
      @Nullable Load load) {}

  /** How busy a node is; absent of one that answers no requests. */
  @JsonbPropertyOrder({"running", "waiting", "slots", "draining", "tokensPerSecond"})
  public record Load(
      int running, int waiting, int slots, boolean draining, double tokensPerSecond) {}

  /** One node. */
  @JsonbPropertyOrder({
    "name",
    "address",
    "local",
    "partitions",
    "ownedBlocks",
    "ownedBytes",
    "backupBytes",
    "budgetBytes",
    "version",
    "java",
    "answering",
    "nearBlocks",
    "load"
  })
  public record Member(
      String name,
      String address,
      boolean local,
      int partitions,
      long ownedBlocks,
      long ownedBytes,
      long backupBytes,
      long budgetBytes,
      String version,
      String java,
      boolean answering,
      long nearBlocks,
      @Nullable Load load) {}

  static ClusterBody of(ClusterInfo cluster) {
    return new ClusterBody(
        cluster.node(),
        cluster.topology().name().toLowerCase(Locale.ROOT),
        cluster.safe(),
        cluster.members().stream().map(ClusterBody::member).toList(),
        cluster.clients().stream().map(ClusterBody::client).toList());
  }

  private static Client client(ClientInfo client) {
    NodeReport report = client.report();
    return new Client(
        client.name(),
        client.address(),
        report.version(),
        report.java(),
        report.answering(),
        report.nearBlocks(),
        load(report.load()));
  }

  private static @Nullable Load load(NodeReport.@Nullable Load load) {
    return load == null
        ? null
        : new Load(
            load.running(), load.waiting(), load.slots(), load.draining(), load.tokensPerSecond());
  }

  private static Member member(MemberInfo member) {
    NodeReport report = member.report();
    return new Member(
        member.name(),
        member.address(),
        member.local(),
        member.partitions(),
        member.ownedBlocks(),
        member.ownedBytes(),
        member.backupBytes(),
        member.budgetBytes(),
        report.version(),
        report.java(),
        report.answering(),
        report.nearBlocks(),
        load(report.load()));
  }
}
