package dev.kvasir.cache;

/** A setting with a value that is not allowed; the message says what came and what is allowed. */
public final class SettingRefusedException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * Refuses a value.
   *
   * @param field as the API spells it
   * @param message what came, and what is allowed
   */
  public SettingRefusedException(String field, String message) {
    super(message);
    this.field = field;
  }

  /** The setting, as the API spells it. */
  public String field() {
    return field;
  }

  static void unless(boolean allowed, String field, String message) {
    if (!allowed) {
      throw new SettingRefusedException(field, message);
    }
  }

  /** Refuses a number that is out of bounds. */
  static void unlessWithin(long value, long min, long max, String field) {
    unless(
        value >= min && value <= max,
        field,
        "%s is %d, but must be from %d to %d".formatted(field, value, min, max));
  }
}
