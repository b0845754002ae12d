package dev.kvasir.web.groups;

import dev.kvasir.cache.tenants.GroupChange;
import dev.kvasir.cache.tenants.SeenGroup;
import dev.kvasir.cache.tenants.SharingGroup;
import dev.kvasir.cache.tenants.StaleGroupException;
import dev.kvasir.web.fault.IfMatch;
import dev.kvasir.web.fault.StaleFault;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Response;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers about groups, whose ETag is that of the group. */
final class GroupAnswer {
  private GroupAnswer() {}

  /** A group. */
  static Response of(Response.Status status, SharingGroup group) {
    return Response.status(status)
        .entity(GroupBody.of(group))
        .tag(new EntityTag(group.tag()))
        .build();
  }

  /**
   * Changes a group under HTTP's If-Match.
   *
   * @param ifMatch the header's value; null if there is none
   * @throws StaleFault if the group is not what the client saw
   */
  static Response changing(
      String id, @Nullable String ifMatch, Function<SeenGroup, GroupChange> change) {
    try {
      GroupChange made = change.apply(new SeenGroup(id, new IfMatch(ifMatch)));
      return Response.ok(GroupChangeBody.of(made)).tag(new EntityTag(made.now().tag())).build();
    } catch (StaleGroupException stale) {
      throw new StaleFault("group_changed", stale.tag(), stale.getMessage() + ".");
    }
  }
}
