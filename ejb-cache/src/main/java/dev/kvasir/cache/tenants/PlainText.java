package dev.kvasir.cache.tenants;

/** Short texts that people give, without control characters. */
final class PlainText {
  /** Most characters of a name. */
  static final int NAME_LENGTH = 64;

  private static final String CONTROLS = "\\p{Cntrl}";

  private PlainText() {}

  /**
   * Refuses what is blank, too long or has a control character.
   *
   * @param field the wire's name of it
   */
  static void require(String field, String text, int maxLength) {
    if (text.isBlank() || text.length() > maxLength || !text.equals(plain(text))) {
      throw TenantRefusedException.invalid(
          field,
          "%s must have 1 to %d characters, not all of them blank and none of them a control character"
              .formatted(field, maxLength));
    }
  }

  /** A name that the container gives, as {@link #require} would take it. */
  static String cut(String name) {
    return plain(name.length() <= NAME_LENGTH ? name : name.substring(0, NAME_LENGTH));
  }

  private static String plain(String text) {
    return text.replaceAll(CONTROLS, "");
  }
}
