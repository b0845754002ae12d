package dev.kvasir.console.tenants;

import dev.kvasir.cache.tenants.GroupChange;
import dev.kvasir.cache.tenants.Membership;
import dev.kvasir.cache.tenants.Membership.Consent;
import dev.kvasir.cache.tenants.Membership.Invitation;
import dev.kvasir.cache.tenants.Removal.Dropped;
import dev.kvasir.cache.tenants.SeenGroup;
import dev.kvasir.cache.tenants.SharingGroup;
import dev.kvasir.cache.tenants.SharingGroups;
import dev.kvasir.cache.tenants.StaleGroupException;
import dev.kvasir.cache.tenants.TenantRefusedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Groups in memory; each change that was made says that three blocks left. */
final class TestingGroups implements SharingGroups {
  private final Map<String, SharingGroup> groups = new TreeMap<>();

  @Override
  public List<SharingGroup> groups() {
    return List.copyOf(groups.values());
  }

  @Override
  public SharingGroup group(String id) {
    SharingGroup group = groups.get(id);
    if (group == null) {
      throw TenantRefusedException.unknown("there is no group " + id);
    }
    return group;
  }

  @Override
  public SharingGroup create(String id, String name) {
    SharingGroup made = new SharingGroup(id, name, List.of(), Instant.EPOCH, 1, false);
    groups.put(id, made);
    return made;
  }

  @Override
  public GroupChange invite(SeenGroup seen, String tenant, String by) {
    return change(
        seen,
        members -> {
          members.add(new Membership(tenant, new Invitation(by, next(seen)), null));
          return members;
        });
  }

  @Override
  public GroupChange consent(SeenGroup seen, String tenant, String givenBy, String recordedBy) {
    Consent given = new Consent(givenBy, recordedBy, next(seen));
    return change(
        seen,
        members -> {
          members.replaceAll(
              member ->
                  member.tenant().equals(tenant)
                      ? new Membership(tenant, member.invitation(), given)
                      : member);
          return members;
        });
  }

  @Override
  public GroupChange leave(SeenGroup seen, String tenant) {
    return change(
        seen,
        members -> {
          members.removeIf(member -> member.tenant().equals(tenant));
          return members;
        });
  }

  @Override
  public GroupChange delete(SeenGroup seen) {
    GroupChange last = change(seen, members -> List.of());
    groups.remove(seen.id());
    return last;
  }

  private Instant next(SeenGroup seen) {
    return group(seen.id()).changed().plusSeconds(1);
  }

  private GroupChange change(SeenGroup seen, UnaryOperator<List<Membership>> change) {
    SharingGroup group = group(seen.id());
    if (!seen.tags().test(group.tag())) {
      throw new StaleGroupException(group);
    }
    SharingGroup next =
        new SharingGroup(
            group.id(),
            group.name(),
            change.apply(new ArrayList<>(group.members())),
            next(seen),
            group.version() + 1,
            false);
    groups.put(group.id(), next);
    return new GroupChange(next, new Dropped(3, 0, 0, 0));
  }
}
