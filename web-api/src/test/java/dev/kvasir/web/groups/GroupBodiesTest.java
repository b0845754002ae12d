package dev.kvasir.web.groups;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.cache.tenants.GroupChange;
import dev.kvasir.cache.tenants.Membership;
import dev.kvasir.cache.tenants.Membership.Consent;
import dev.kvasir.cache.tenants.Membership.Invitation;
import dev.kvasir.cache.tenants.Removal.Dropped;
import dev.kvasir.cache.tenants.SharingGroup;
import dev.kvasir.web.json.WireJson;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What administrators read of groups, character for character. */
final class GroupBodiesTest {
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  @Test
  void change_membersWithAndWithoutConsent_bothSidesAsRecorded() {
    SharingGroup group =
        new SharingGroup(
            "g",
            "Two of us",
            List.of(
                new Membership(
                    "acme",
                    new Invitation("ada", NOON),
                    new Consent("R. Runner", "bob", NOON.plusSeconds(2))),
                new Membership("beta", new Invitation("ada", NOON.plusSeconds(1)), null)),
            NOON.plusSeconds(2),
            4,
            false);
    assertEquals(
        """
        {"group":{"id":"g","name":"Two of us","members":[\
        {"tenant":"acme","invited_by":"ada","invited":"2026-01-02T12:00:00Z",\
        "consent":{"given_by":"R. Runner","recorded_by":"bob","recorded":"2026-01-02T12:00:02Z"}},\
        {"tenant":"beta","invited_by":"ada","invited":"2026-01-02T12:00:01Z"}],\
        "in_effect":[],"awaits":["beta"],"changed":"2026-01-02T12:00:02Z"},\
        "blocks":{"disk":4,"grid":1,"near":2,"pool":3}}""",
        WireJson.write(GroupChangeBody.of(new GroupChange(group, new Dropped(1, 2, 3, 4)))));
  }
}
