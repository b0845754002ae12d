package dev.kvasir.cache.tenants;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tenants who share cached blocks with each other, as far as each of them has consented to each.
 *
 * @param id names it; never given twice
 * @param name for people, 1 to 64 characters
 * @param members in the order in which they were invited
 * @param changed when it was changed last; later than all that is noted in it
 * @param version see {@link Registered}
 * @param deleted see {@link Registered}
 */
public record SharingGroup(
    String id,
    String name,
    List<Membership> members,
    Instant changed,
    long version,
    boolean deleted)
    implements Registered {
  /*
   * A consent is for sharing with those who are invited when it is given, so two tenants share when
   * each has consented after the other was invited; both times stand in one record and grow with
   * each change of it, whatever the nodes' clocks say. A group has one salt, so those in effect are
   * those of whom each pair shares, taken in the order of their invitations: somebody new shares
   * with nobody until all before have consented again, and meanwhile they go on without.
   *
   * The salt is made of those in effect and of when each was invited. So whoever joins or leaves
   * gives all of them another one: what was stored before is found by nobody, a request on its way
   * stores where nobody looks any more, and two halves of a split cluster that let in different
   * tenants have different salts.
   */
  public SharingGroup {
    PlainText.require("name", name, PlainText.NAME_LENGTH);
    members = List.copyOf(members);
  }

  static String registryKey(String id) {
    return "group:" + id;
  }

  @Override
  public String registryKey() {
    return registryKey(id);
  }

  /** Names this state of the group. */
  public String tag() {
    return "%d-%x".formatted(version, changed.toEpochMilli());
  }

  /** The tenants that share with each other, by id; none, or at least two. */
  public List<String> inEffect() {
    return sharing().map(Membership::tenant).sorted().toList();
  }

  /** The tenants by id without whose consent, or a new one, some of the members do not share. */
  public List<String> awaited() {
    return members.stream()
        .filter(member -> !members.stream().allMatch(member::covers))
        .map(Membership::tenant)
        .sorted()
        .toList();
  }

  /** What those in effect make their salt of; empty if there are none. */
  String saltText() {
    String sharing =
        sharing()
            .sorted(Comparator.comparing(Membership::tenant))
            .map(one -> one.tenant() + "@" + one.invitation().at().toEpochMilli())
            .collect(Collectors.joining(","));
    return sharing.isEmpty() ? "" : id + ":" + sharing;
  }

  private Stream<Membership> sharing() {
    List<Membership> sharing = new ArrayList<>();
    for (Membership next : members) {
      if (next.covers(next) && sharing.stream().allMatch(earlier -> earlier.covers(next))) {
        sharing.add(next);
      }
    }
    return sharing.size() < 2 ? Stream.empty() : sharing.stream();
  }

  boolean has(String tenant) {
    return members.stream().anyMatch(member -> member.tenant().equals(tenant));
  }

  /** Whether the tenant has consented, to whomever. */
  boolean hasConsentOf(String tenant) {
    return members.stream()
        .anyMatch(member -> member.tenant().equals(tenant) && member.consent() != null);
  }

  SharingGroup with(List<Membership> others, Instant at) {
    return new SharingGroup(id, name, others, at, version + 1, false);
  }

  /**
   * Without some members: what the other half of a split cluster changes does not bring them back.
   */
  SharingGroup without(Set<String> tenants, Instant at) {
    List<Membership> rest =
        members.stream().filter(member -> !tenants.contains(member.tenant())).toList();
    return rest.size() == members.size()
        ? this
        : new SharingGroup(id, name, rest, at, Registered.deletionOf(version), false);
  }

  SharingGroup asDeleted(Instant at) {
    return new SharingGroup(id, name, List.of(), at, Registered.deletionOf(version), true);
  }
}
