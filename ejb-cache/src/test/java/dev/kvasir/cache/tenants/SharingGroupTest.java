package dev.kvasir.cache.tenants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.kvasir.cache.tenants.Membership.Consent;
import dev.kvasir.cache.tenants.Membership.Invitation;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who shares with whom: each member is a tenant, when it was invited, and when it consented. */
class SharingGroupTest {
  private static Membership member(String tenant, int invited, int consented) {
    return new Membership(
        tenant,
        new Invitation("ada", time(invited)),
        consented == 0 ? null : new Consent("its owner", "ada", time(consented)));
  }

  private static Instant time(int second) {
    return Instant.ofEpochSecond(second);
  }

  private static SharingGroup group(Membership... members) {
    return new SharingGroup("g", "g", List.of(members), time(100), 1, false);
  }

  private static void assertSharing(
      SharingGroup group, List<String> inEffect, List<String> awaited) {
    assertEquals(inEffect, group.inEffect());
    assertEquals(awaited, group.awaited());
    assertEquals(inEffect.isEmpty(), group.saltText().isEmpty());
  }

  @Test
  void inEffect_bothConsentedAfterBothWereInvited_both() {
    assertSharing(group(member("b", 1, 4), member("a", 2, 3)), List.of("a", "b"), List.of());
  }

  @Test
  void inEffect_oneSideOnly_nobody() {
    assertSharing(group(), List.of(), List.of());
    assertSharing(group(member("a", 1, 2)), List.of(), List.of());
    assertSharing(group(member("a", 1, 3), member("b", 2, 0)), List.of(), List.of("b"));
    assertSharing(group(member("a", 1, 0), member("b", 2, 3)), List.of(), List.of("a"));
  }

  @Test
  void inEffect_consentBeforeTheOtherWasInvited_isNotForIt() {
    assertSharing(group(member("a", 1, 2), member("b", 3, 4)), List.of(), List.of("a"));
  }

  @Test
  void inEffect_thirdInvited_sharesOnceAllConsentedAnew() {
    Membership c = member("c", 5, 6);
    assertSharing(
        group(member("a", 1, 3), member("b", 2, 4), c), List.of("a", "b"), List.of("a", "b"));
    assertSharing(group(member("a", 1, 7), member("b", 2, 4), c), List.of("a", "b"), List.of("b"));
    assertSharing(
        group(member("a", 1, 7), member("b", 2, 8), c), List.of("a", "b", "c"), List.of());
  }

  @Test
  void saltText_anotherConsentOfTheSame_stays() {
    assertEquals(
        group(member("a", 1, 3), member("b", 2, 4)).saltText(),
        group(member("a", 1, 7), member("b", 2, 4), member("c", 5, 0)).saltText());
  }

  @Test
  void saltText_otherMembersOrThoseInvitedAnew_another() {
    String both = group(member("a", 1, 9), member("b", 2, 9)).saltText();
    for (SharingGroup other :
        List.of(
            group(member("a", 1, 9), member("b", 2, 9), member("c", 3, 9)),
            group(member("a", 1, 9), member("c", 2, 9)),
            group(member("b", 2, 9), member("a", 3, 9)),
            new SharingGroup(
                "h", "g", List.of(member("a", 1, 9), member("b", 2, 9)), time(100), 1, false))) {
      assertNotEquals(both, other.saltText());
    }
  }
}
