package dev.kvasir.web.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class ClaimantTest {
  @Test
  void claimant_basic_userWithoutPassword() {
    assertEquals("ada", Claimant.named(basic("ada:secret:word")));
    assertEquals("unknown user", Claimant.named(basic("secret")));
    assertEquals("unknown user", Claimant.named("Basic ???"));
  }

  @Test
  void claimant_bearer_keyIsNotToldOn() {
    assertEquals("unknown key", Claimant.named("Bearer sk-secret"));
    assertEquals("", Claimant.named(null));
  }

  private static String basic(String login) {
    return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }
}
