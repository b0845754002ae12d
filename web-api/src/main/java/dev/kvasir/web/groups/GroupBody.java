package dev.kvasir.web.groups;

import dev.kvasir.cache.tenants.Membership;
import dev.kvasir.cache.tenants.SharingGroup;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A group: {@code in_effect} are the tenants that share with each other, {@code awaits} those whose
 * consent, or a new one, is missing for all members to do so.
 */
@JsonbPropertyOrder({"id", "name", "members", "inEffect", "awaits", "changed"})
public record GroupBody(
    String id,
    String name,
    List<Member> members,
    List<String> inEffect,
    List<String> awaits,
    String changed) {

  /** A tenant that was invited; {@code consent} is absent until it has given one. */
  @JsonbPropertyOrder({"tenant", "invitedBy", "invited", "consent"})
  public record Member(String tenant, String invitedBy, String invited, @Nullable Consent consent) {
    static Member of(Membership member) {
      return new Member(
          member.tenant(),
          member.invitation().by(),
          member.invitation().at().toString(),
          Consent.of(member.consent()));
    }
  }

  /** Who said so for the tenant, and which administrator recorded it when. */
  @JsonbPropertyOrder({"givenBy", "recordedBy", "recorded"})
  public record Consent(String givenBy, String recordedBy, String recorded) {
    static @Nullable Consent of(Membership.@Nullable Consent consent) {
      return consent == null
          ? null
          : new Consent(consent.givenBy(), consent.recordedBy(), consent.at().toString());
    }
  }

  static GroupBody of(SharingGroup group) {
    return new GroupBody(
        group.id(),
        group.name(),
        group.members().stream().map(Member::of).toList(),
        group.inEffect(),
        group.awaited(),
        group.changed().toString());
  }
}
