package dev.kvasir.console.members;

import dev.kvasir.cache.MemberInfo;
import dev.kvasir.console.Snapshot;
import dev.kvasir.console.Snapshots;
import dev.kvasir.console.Texts;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** The page of the nodes, as last seen: a node that died is gone from the next snapshot. */
@Named
@RequestScoped
public class Members {
  @Inject Snapshots snapshots;

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

  private static String summarize(Snapshot snapshot) {
    int nodes = snapshot.cluster().members().size();
    if (nodes == 1) {
      return Texts.of("members.alone");
    }
    return Texts.of(snapshot.cluster().safe() ? "members.safe" : "members.unsafe", nodes);
  }
}
