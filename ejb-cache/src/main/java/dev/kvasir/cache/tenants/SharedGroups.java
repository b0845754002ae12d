package dev.kvasir.cache.tenants;

import dev.kvasir.cache.tenants.Membership.Consent;
import dev.kvasir.cache.tenants.Membership.Invitation;
import dev.kvasir.cache.tenants.Removal.Dropped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The sharing groups of one node. */
final class SharedGroups implements SharingGroups {
  private final SharedRecords shared;
  private final Replica replica;
  private final InstantSource clock;

  SharedGroups(SharedRecords shared, Replica replica, InstantSource clock) {
    this.shared = shared;
    this.replica = replica;
    this.clock = clock;
  }

  @Override
  public List<SharingGroup> groups() {
    return replica
        .all(SharingGroup.class)
        .filter(group -> !group.deleted())
        .sorted(Comparator.comparing(SharingGroup::id))
        .toList();
  }

  @Override
  public SharingGroup group(String id) {
    return there(replica.get(SharingGroup.registryKey(id)), id);
  }

  @Override
  public SharingGroup create(String id, String name) {
    Tenant.requireId(id);
    return replica.change(
        SharingGroup.registryKey(id),
        current -> {
          if (current != null) {
            throw TenantRefusedException.conflict(
                current.deleted()
                    ? "group %s was deleted, and its id is not given again; choose another"
                        .formatted(id)
                    : "there is a group %s already; choose another id".formatted(id));
          }
          return new SharingGroup(id, name, List.of(), now(), 1, false);
        });
  }

  @Override
  public GroupChange invite(SeenGroup seen, String tenant, String by) {
    if (!replica.hasTenant(tenant)) {
      throw TenantRefusedException.noTenant(tenant);
    }
    return edit(
        seen,
        (group, at) -> {
          if (group.has(tenant)) {
            return group;
          }
          if (group.members().size() == MAX_MEMBERS) {
            throw TenantRefusedException.conflict(
                "group %s has %d members, the most that one may have; make another, or let one go"
                    .formatted(seen.id(), MAX_MEMBERS));
          }
          Membership invited = new Membership(tenant, new Invitation(by, at), null);
          return group.with(
              Stream.concat(group.members().stream(), Stream.of(invited)).toList(), at);
        });
  }

  @Override
  public GroupChange consent(SeenGroup seen, String tenant, String givenBy, String recordedBy) {
    for (SharingGroup other : groups()) {
      if (!other.id().equals(seen.id()) && other.hasConsentOf(tenant)) {
        throw TenantRefusedException.conflict(
            "%s has consented to group %s, and a tenant shares in one group at a time; let it leave that one first"
                .formatted(tenant, other.id()));
      }
    }
    return edit(
        seen,
        (group, at) -> {
          requireMember(group, tenant);
          Consent given = new Consent(givenBy, recordedBy, at);
          return group.with(
              group.members().stream()
                  .map(member -> member.tenant().equals(tenant) ? member.with(given) : member)
                  .toList(),
              at);
        });
  }

  @Override
  public GroupChange leave(SeenGroup seen, String tenant) {
    return edit(
        seen,
        (group, at) -> {
          requireMember(group, tenant);
          return group.without(Set.of(tenant), at);
        });
  }

  @Override
  public GroupChange delete(SeenGroup seen) {
    return edit(seen, SharingGroup::asDeleted);
  }

  /** Takes tenants out of all groups, as they were deleted. */
  void letGo(Set<String> deleted) {
    for (SharingGroup group : groups()) {
      if (deleted.stream().anyMatch(group::has)) {
        GroupChange unused = edit(SeenGroup.any(group.id()), (now, at) -> now.without(deleted, at));
      }
    }
  }

  private GroupChange edit(SeenGroup seen, BiFunction<SharingGroup, Instant, SharingGroup> edit) {
    AtomicReference<SharingGroup> before = new AtomicReference<>();
    SharingGroup after =
        replica.change(
            SharingGroup.registryKey(seen.id()),
            current -> {
              SharingGroup group = there(current, seen.id());
              if (!seen.tags().test(group.tag())) {
                throw new StaleGroupException(group);
              }
              before.set(group);
              return edit.apply(group, nextTime(group));
            });
    return new GroupChange(after, dropBetween(Objects.requireNonNull(before.get()), after));
  }

  /** Now; but later than all before in the group, even where another node's clock is ahead. */
  private Instant nextTime(SharingGroup group) {
    Instant soonest = group.changed().plusMillis(1);
    Instant now = now();
    return now.isAfter(soonest) ? now : soonest;
  }

  /** Takes out the blocks of those whose salt is another one now: nobody finds them any more. */
  private Dropped dropBetween(SharingGroup before, SharingGroup after) {
    if (before.saltText().equals(after.saltText())) {
      return Dropped.NONE;
    }
    return Stream.of(before, after)
        .flatMap(group -> group.inEffect().stream())
        .distinct()
        .map(shared::dropBlocks)
        .reduce(Dropped.NONE, Dropped::plus);
  }

  private static void requireMember(SharingGroup group, String tenant) {
    if (!group.has(tenant)) {
      throw TenantRefusedException.unknown(
          "%s is no member of group %s; invite it first, or see GET /api/groups/%s for those who are"
              .formatted(tenant, group.id(), group.id()));
    }
  }

  private static SharingGroup there(@Nullable Registered found, String id) {
    if (found instanceof SharingGroup group && !group.deleted()) {
      return group;
    }
    throw TenantRefusedException.unknown(
        "there is no group %s; GET /api/groups lists them".formatted(id));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
