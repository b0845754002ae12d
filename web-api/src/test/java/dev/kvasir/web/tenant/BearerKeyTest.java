package dev.kvasir.web.tenant;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BearerKeyTest {
  private static final Optional<String> KEY = Optional.of("sk-secret");

  @ParameterizedTest
  @ValueSource(strings = {"Bearer sk-secret", "bearer sk-secret", "Bearer  sk-secret "})
  void matches_theKey_known(String authorization) {
    assertTrue(BearerKey.matches(authorization, KEY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Bearer sk-secre",
        "Bearer sk-secret2",
        "sk-secret",
        "Basic sk-secret",
        "Bearer SK-SECRET"
      })
  void matches_anythingElse_unknown(String authorization) {
    assertFalse(BearerKey.matches(authorization, KEY));
  }

  @Test
  void matches_noKeyConfigured_unknown() {
    assertFalse(BearerKey.matches("Bearer ", Optional.empty()));
  }
}
