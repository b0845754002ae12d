package dev.kvasir.cache.tenants;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An API key as its owner has it: {@code sk-kvasir-ID-SECRET}.
 *
 * @param id 12 hexadecimal digits, by which it is found
 * @param text all of it, with 256 random bits at its end
 */
record KeyText(String id, String text) {
  private static final Pattern FORM = Pattern.compile("sk-kvasir-([0-9a-f]{12})-[A-Za-z0-9_-]{43}");
  private static final int ID_BYTES = 6;
  private static final int SECRET_BYTES = 32;

  /** A new one. */
  static KeyText random(SecureRandom random) {
    byte[] id = new byte[ID_BYTES];
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(id);
    random.nextBytes(secret);
    String hex = HexFormat.of().formatHex(id);
    String tail = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    return new KeyText(hex, "sk-kvasir-" + hex + "-" + tail);
  }

  /** Empty if the text is no such key. */
  static Optional<KeyText> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches() ? Optional.of(new KeyText(matcher.group(1), text)) : Optional.empty();
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "key " + id;
  }
}
