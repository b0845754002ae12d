package dev.kvasir.web.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTokenTest {
  @ParameterizedTest
  @ValueSource(strings = {"Bearer sk-1", "bearer sk-1", "BEARER  sk-1 "})
  void of_bearer_itsToken(String header) {
    assertEquals(Optional.of("sk-1"), BearerToken.of(header));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sk-1", "Basic sk-1", "Bearersk-1"})
  void of_otherScheme_none(String header) {
    assertTrue(BearerToken.of(header).isEmpty());
  }

  @Test
  void of_noHeader_none() {
    assertTrue(BearerToken.of(null).isEmpty());
  }

  @Test
  void matches_onlyTheWholeKey() {
    assertTrue(BearerToken.matches("sk-1", "sk-1"));
    assertFalse(BearerToken.matches("sk-", "sk-1"));
    assertFalse(BearerToken.matches("sk-12", "sk-1"));
  }
}
