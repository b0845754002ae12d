package dev.kvasir.web.completion;

import static dev.kvasir.web.FaultAssertions.assertFault;
import static dev.kvasir.web.FaultAssertions.faultOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.completion.Sharing;
import dev.kvasir.completion.SharingScope;
import org.junit.jupiter.api.Test;

final class SharingFieldsTest {
  private static Sharing sharing(String fields) {
    return RequestBodies.chat(RequestBodies.chatWith(fields)).sharing();
  }

  @Test
  void of_nothingSaid_widest() {
    assertEquals(Sharing.WIDEST, sharing(""));
  }

  @Test
  void of_scopeAndSalt_asSaid() {
    assertEquals(
        new Sharing(SharingScope.SESSION, "c7", "pepper"),
        sharing(
            """
            "cache_salt": "pepper", "user": "ada", "prompt_cache_key": "k",
            "kvasir": {"scope": "session", "session": "c7"}
            """));
  }

  @Test
  void of_group_asSaid() {
    assertEquals(
        new Sharing(SharingScope.TENANT_GROUP, null, null),
        sharing("\"kvasir\": {\"scope\": \"tenant-group\"}"));
  }

  @Test
  void of_openAiFields_nameTheConversation() {
    assertEquals("k", sharing("\"user\": \"ada\", \"prompt_cache_key\": \"k\"").session());
    assertEquals("ada", sharing("\"user\": \"ada\", \"prompt_cache_key\": \"\"").session());
  }

  @Test
  void of_unknownScope_saysWhichThereAre() {
    assertFault(
        faultOf(() -> sharing("\"kvasir\": {\"scope\": \"world\"}")),
        "kvasir.scope",
        "invalid_value",
        "\"world\"",
        "must be one of global, tenant-group, tenant, session, off");
  }

  @Test
  void of_blank_refused() {
    assertFault(
        faultOf(() -> sharing("\"cache_salt\": \"\"")), "cache_salt", "invalid_value", "is blank");
    assertFault(
        faultOf(() -> sharing("\"kvasir\": {\"session\": \" \"}")),
        "kvasir.session",
        "invalid_value",
        "is blank");
  }
}
