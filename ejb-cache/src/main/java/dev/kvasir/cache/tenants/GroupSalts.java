package dev.kvasir.cache.tenants;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What tenants have in common who share by a group, as one node knows. Safe for all threads. */
public final class GroupSalts {
  private final Replica replica;
  private volatile Texts last = new Texts(-1, Map.of());

  GroupSalts(Replica replica) {
    this.replica = replica;
  }

  /**
   * The texts of all who share.
   *
   * @param changes of the replica until then
   */
  private record Texts(long changes, Map<String, String> byTenant) {}

  /**
   * The text of a tenant: the same for all who share with it, and never anybody else's; empty if it
   * shares with none. No remote call.
   */
  public Optional<String> textOf(String tenant) {
    Texts known = last;
    long changes = replica.changes();
    if (known.changes() != changes) {
      known = new Texts(changes, read());
      last = known;
    }
    return Optional.ofNullable(known.byTenant().get(tenant));
  }

  /** Should halves of a split cluster have let a tenant into two groups, the first one holds. */
  private Map<String, String> read() {
    Map<String, String> texts = new HashMap<>();
    replica
        .all(SharingGroup.class)
        .sorted(Comparator.comparing(SharingGroup::id))
        .forEach(
            group ->
                group.inEffect().forEach(tenant -> texts.putIfAbsent(tenant, group.saltText())));
    return texts;
  }
}
