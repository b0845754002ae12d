package dev.kvasir.cache.tenants;

/**
 * Something that cannot be done to tenants, keys or groups; the message says why, and what to do.
 */
public final class TenantRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final String field;

  /** Of what kind the trouble is. */
  public enum Reason {
    /** A value that is not allowed. */
    INVALID,
    /** There is no such tenant, key or group. */
    UNKNOWN,
    /** There is one already, or was. */
    CONFLICT
  }

  private TenantRefusedException(Reason reason, String field, String message) {
    super(message);
    this.reason = reason;
    this.field = field;
  }

  /** A value that is not allowed. */
  public static TenantRefusedException invalid(String field, String message) {
    return new TenantRefusedException(Reason.INVALID, field, message);
  }

  /** Something that is not there. */
  public static TenantRefusedException unknown(String message) {
    return new TenantRefusedException(Reason.UNKNOWN, "", message);
  }

  static TenantRefusedException noTenant(String id) {
    return unknown("there is no tenant %s; GET /api/tenants lists them".formatted(id));
  }

  /** Something that is there already, or was. */
  public static TenantRefusedException conflict(String message) {
    return new TenantRefusedException(Reason.CONFLICT, "", message);
  }

  public Reason reason() {
    return reason;
  }

  /** The field with the value, for {@link Reason#INVALID}; else empty. */
  public String field() {
    return field;
  }
}
