package dev.kvasir.web.groups;

import dev.kvasir.cache.tenants.SharingGroup;
import java.util.List;

/** Groups by id. */
public record GroupsBody(List<GroupBody> groups) {
  static GroupsBody of(List<SharingGroup> groups) {
    return new GroupsBody(groups.stream().map(GroupBody::of).toList());
  }
}
