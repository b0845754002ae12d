package dev.kvasir.web.tenant;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** The key in an {@code Authorization} header. */
final class BearerKey {
  private static final String SCHEME = "Bearer ";

  private BearerKey() {}

  /** Whether the header carries the key; takes as long for a near miss as for any other. */
  static boolean matches(String authorization, Optional<String> key) {
    if (key.isEmpty() || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return false;
    }
    byte[] given =
        authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(given, key.get().getBytes(StandardCharsets.UTF_8));
  }
}
