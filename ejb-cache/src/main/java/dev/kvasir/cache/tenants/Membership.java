package dev.kvasir.cache.tenants;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's place in a {@link SharingGroup}: the word of both sides.
 *
 * @param tenant whose
 * @param invitation the group's word
 * @param consent the tenant's word, the last one; null: it has given none
 */
public record Membership(String tenant, Invitation invitation, @Nullable Consent consent) {
  /**
   * The group asks the tenant in.
   *
   * @param by name of the administrator
   * @param at when
   */
  public record Invitation(String by, Instant at) {
    public Invitation {
      by = PlainText.cut(by);
    }
  }

  /**
   * The tenant wants to share with all who are invited by then.
   *
   * @param givenBy who said so for the tenant, and where that is written: 1 to 128 characters
   * @param recordedBy name of the administrator
   * @param at when it was recorded
   */
  public record Consent(String givenBy, String recordedBy, Instant at) {
    private static final int MAX_GIVEN_BY = 128;

    public Consent {
      PlainText.require("given_by", givenBy, MAX_GIVEN_BY);
      recordedBy = PlainText.cut(recordedBy);
    }
  }

  /** Whether the tenant's consent is for sharing with this one, too: given after its invitation. */
  boolean covers(Membership other) {
    return consent != null && consent.at().isAfter(other.invitation().at());
  }

  Membership with(Consent given) {
    return new Membership(tenant, invitation, given);
  }
}
