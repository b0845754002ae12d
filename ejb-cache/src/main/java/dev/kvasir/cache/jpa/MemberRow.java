package dev.kvasir.cache.jpa;

import dev.kvasir.cache.tenants.Membership;
import dev.kvasir.cache.tenants.Membership.Consent;
import dev.kvasir.cache.tenants.Membership.Invitation;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A member of a sharing group in its table. */
@Embeddable
@SuppressWarnings("NullAway.Init") // the provider fills them in
public class MemberRow {
  private String tenant;

  @Column(name = "invited_by")
  private String invitedBy;

  @Column(name = "invited_millis")
  private long invitedMillis;

  @Column(name = "consent_given_by")
  private @Nullable String consentGivenBy;

  @Column(name = "consent_recorded_by")
  private @Nullable String consentRecordedBy;

  @Column(name = "consent_millis")
  private @Nullable Long consentMillis;

  /** For the provider. */
  protected MemberRow() {}

  MemberRow(Membership member) {
    tenant = member.tenant();
    invitedBy = member.invitation().by();
    invitedMillis = member.invitation().at().toEpochMilli();
    Consent consent = member.consent();
    if (consent != null) {
      consentGivenBy = consent.givenBy();
      consentRecordedBy = consent.recordedBy();
      consentMillis = consent.at().toEpochMilli();
    }
  }

  Membership toMembership() {
    return new Membership(
        tenant, new Invitation(invitedBy, Instant.ofEpochMilli(invitedMillis)), consent());
  }

  private @Nullable Consent consent() {
    String givenBy = consentGivenBy;
    String recordedBy = consentRecordedBy;
    Long millis = consentMillis;
    return givenBy == null || recordedBy == null || millis == null
        ? null
        : new Consent(givenBy, recordedBy, Instant.ofEpochMilli(millis));
  }
}
