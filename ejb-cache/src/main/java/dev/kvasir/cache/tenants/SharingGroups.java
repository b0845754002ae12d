package dev.kvasir.cache.tenants;

import java.util.List;

/**
 * Groups of tenants who share cached blocks, the same on all nodes within a second. Safe for all
 * threads; an EJB business interface. What changes something returns when it is on this node's disk
 * and the blocks have left of those whose salt is another one now.
 *
 * <p>What cannot be done throws {@link TenantRefusedException}; a change of a group that is not as
 * it was seen throws {@link StaleGroupException}.
 */
public interface SharingGroups {
  /** Most members of a group. */
  int MAX_MEMBERS = 32;

  /** All groups by id. */
  List<SharingGroup> groups();

  /** One of them. */
  SharingGroup group(String id);

  /** Makes a group without members; an id that was deleted is not given again. */
  SharingGroup create(String id, String name);

  /**
   * Asks a tenant in, the group's side of joining; changes nothing if it is a member.
   *
   * @param by name of the administrator
   */
  GroupChange invite(SeenGroup seen, String tenant, String by);

  /**
   * Records a member's consent to share with all who are members now, anew if it has given one. A
   * tenant consents to one group at a time.
   *
   * @param givenBy who said so for the tenant, and where that is written
   * @param recordedBy name of the administrator
   */
  GroupChange consent(SeenGroup seen, String tenant, String givenBy, String recordedBy);

  /** Lets a member go; from now on it shares with none of the others. */
  GroupChange leave(SeenGroup seen, String tenant);

  /** Deletes a group: nobody shares by it any more. */
  GroupChange delete(SeenGroup seen);
}
