package dev.kvasir.console.members;

import dev.kvasir.cache.ClientInfo;
import dev.kvasir.cache.ClusterInfo;
import dev.kvasir.cache.DrainState;
import dev.kvasir.cache.MemberInfo;
import dev.kvasir.cache.NodeDrain;
import dev.kvasir.cache.NodeReport;
import dev.kvasir.console.Acts;
import dev.kvasir.console.Notices;
import dev.kvasir.console.Snapshot;
import dev.kvasir.console.Snapshots;
import dev.kvasir.console.Texts;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The page of the nodes, as last seen: a node that died is gone from the next snapshot. */
@Named
@RequestScoped
public class Members {
  private static final System.Logger LOGGER = System.getLogger(Members.class.getName());

  @Inject Snapshots snapshots;
  @EJB NodeDrain drain;
  @Inject Acts acts;
  @Inject Notices notices;

  /** Takes this node out of service, without breaking off an answer. */
  public void drain() {
    attempt("drain node", drain::begin, "members.drained");
  }

  /** Lets this node take requests again. */
  public void undrain() {
    attempt("end drain of node", drain::end, "members.undrained");
  }

  private void attempt(String what, Supplier<DrainState> action, String text) {
    try {
      String node = drain.state().node();
      acts.run(what, node, () -> notices.done(Texts.of(text, action.get().node())));
    } catch (RuntimeException e) {
      LOGGER.log(Level.WARNING, "KVASIR-C07: the node could not be drained, or be let back", e);
      notices.failed(Texts.of("members.failed"));
    }
  }

  /** Whether this node takes requests, and how many it has. */
  public DrainState getDrain() {
    return drain.state();
  }

  /** The nodes, oldest first. */
  public List<MemberInfo> getList() {
    return snapshots.latest().map(snapshot -> snapshot.cluster().members()).orElse(List.of());
  }

  /** How many nodes there are and how safe their blocks, in words. */
  public String getSummary() {
    return snapshots.latest().map(Members::summarize).orElse(Texts.of("shell.starting"));
  }

  /** Whether every block that should have a backup has one. */
  public boolean isSafe() {
    return snapshots.latest().map(snapshot -> snapshot.cluster().safe()).orElse(false);
  }

  /** The nodes that are clients of the members: this one too if it is, whatever it reaches. */
  public List<ClientInfo> getClients() {
    return snapshots.latest().map(snapshot -> clients(snapshot.cluster())).orElse(List.of());
  }

  private static List<ClientInfo> clients(ClusterInfo cluster) {
    boolean alone =
        cluster.topology() == ClusterInfo.Topology.CLIENT_SERVER
            && cluster.clients().stream().noneMatch(one -> one.name().equals(cluster.node()));
    return alone
        ? Stream.concat(
                Stream.of(new ClientInfo(cluster.node(), "", NodeReport.here(0, null))),
                cluster.clients().stream())
            .toList()
        : cluster.clients();
  }

  /** Whether a client of the members is the node that answers. */
  public boolean isHere(ClientInfo client) {
    return client.name().equals(drain.state().node());
  }

  /** Whether some nodes run another version than others. */
  public boolean isMixed() {
    return Stream.concat(
                getList().stream().map(MemberInfo::report),
                getClients().stream().map(ClientInfo::report))
            .map(NodeReport::version)
            .filter(version -> !version.isEmpty())
            .distinct()
            .count()
        > 1;
  }

  /** The nodes as a picture. */
  public Topology getTopology() {
    return Topology.of(getList(), getClients(), drain.state().node());
  }

  /** How many of all partitions a member owns, in words. */
  public String partitions(MemberInfo member) {
    int all = getList().stream().mapToInt(MemberInfo::partitions).sum();
    return Texts.of("members.partitionsOf", member.partitions(), all);
  }

  /** What a node runs, in words. */
  public String version(NodeReport report) {
    return report.version().isEmpty()
        ? Texts.of("members.unknown")
        : Texts.of("members.runs", report.version(), report.java());
  }

  /** How busy a node is, in words. */
  public String load(NodeReport report) {
    NodeReport.Load load = report.load();
    if (load == null) {
      return Texts.of(report.version().isEmpty() ? "members.unknown" : "members.noLoad");
    }
    return Texts.of(
        load.draining() ? "members.busyDraining" : "members.busy",
        load.running(),
        load.slots(),
        load.waiting(),
        String.format(Locale.ENGLISH, "%.1f", load.tokensPerSecond()));
  }

  private static String summarize(Snapshot snapshot) {
    int nodes = snapshot.cluster().members().size();
    if (nodes == 0) {
      return Texts.of("members.none");
    }
    if (nodes == 1) {
      return Texts.of("members.alone");
    }
    return Texts.of(snapshot.cluster().safe() ? "members.safe" : "members.unsafe", nodes);
  }
}
