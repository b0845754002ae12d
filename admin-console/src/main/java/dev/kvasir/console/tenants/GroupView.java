package dev.kvasir.console.tenants;

import dev.kvasir.cache.tenants.Membership;
import dev.kvasir.cache.tenants.SharingGroup;
import dev.kvasir.cache.tenants.Tenant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sharing group as it is shown.
 *
 * @param group as it was read
 * @param strangers the tenants that are no members of it
 */
public record GroupView(SharingGroup group, List<String> strangers) {
  public GroupView {
    strangers = List.copyOf(strangers);
  }

  /** Of the group that has the id, or else of the first; null if there is none. */
  static @Nullable GroupView of(List<SharingGroup> groups, String id, List<Tenant> tenants) {
    return groups.stream()
        .filter(group -> group.id().equals(id))
        .findFirst()
        .or(() -> groups.stream().findFirst())
        .map(group -> of(group, tenants))
        .orElse(null);
  }

  private static GroupView of(SharingGroup group, List<Tenant> tenants) {
    List<String> members = group.members().stream().map(Membership::tenant).toList();
    return new GroupView(
        group,
        tenants.stream().map(Tenant::id).filter(tenant -> !members.contains(tenant)).toList());
  }

  /** How a member stands, as the end of a text's key. */
  public String state(Membership member) {
    boolean awaited = group.awaited().contains(member.tenant());
    if (group.inEffect().contains(member.tenant())) {
      return awaited ? "PARTLY" : "SHARES";
    }
    return awaited ? "AWAITED" : "WAITS";
  }
}
