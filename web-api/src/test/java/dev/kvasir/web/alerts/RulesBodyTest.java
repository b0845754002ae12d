package dev.kvasir.web.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.alerts.AlertRules;
import dev.kvasir.cache.tenants.SharedText;
import dev.kvasir.web.json.WireJson;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What administrators read of rules, character for character. */
final class RulesBodyTest {
  private static final String NO_OTHERS =
      "hit_share_fell: off; publish_drops: off; quota_refusals: off;";

  private static String json(String shared, long version) {
    SharedText text =
        new SharedText(
            "alert-rules", shared, "ada", Instant.parse("2026-01-02T12:00:00Z"), version);
    return WireJson.write(
        RulesBody.of(AlertRules.parse(List.of(NO_OTHERS, shared), name -> true), text));
  }

  @Test
  void rules_setAndOffAndOfTheNodes_eachSaysWhose() {
    assertEquals(
        """
        {"rules":[\
        {"rule":"load_regret","condition":"off","origin":"administrator"},\
        {"rule":"member_lost","condition":"kvasir_members over 900 fell_to 1 for 0 critical",\
        "origin":"node"},\
        {"rule":"mine","condition":"kvasir_ready over 300 below 1 for 30 warning",\
        "origin":"administrator"}],\
        "changed_by":"ada","changed":"2026-01-02T12:00:00Z"}""",
        json("load_regret: off; mine: kvasir_ready below 1 for 30", 2));
  }

  @Test
  void rules_nobodyHasSetAny_noChange() {
    String json = json("", 0);
    assertTrue(json.endsWith("\"origin\":\"node\"}]}"), json);
  }
}
