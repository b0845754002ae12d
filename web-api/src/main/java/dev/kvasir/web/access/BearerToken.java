package dev.kvasir.web.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The token in an {@code Authorization} header of the scheme {@code Bearer}. */
final class BearerToken {
  private static final String SCHEME = "Bearer ";

  private BearerToken() {}

  /** Empty if there is no header, or one of another scheme. */
  static Optional<String> of(@Nullable String authorization) {
    return authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? Optional.of(authorization.substring(SCHEME.length()).strip())
        : Optional.empty();
  }

  /** Whether it is this key; takes as long for a near miss as for any other. */
  static boolean matches(String token, String key) {
    return MessageDigest.isEqual(
        token.getBytes(StandardCharsets.UTF_8), key.getBytes(StandardCharsets.UTF_8));
  }
}
