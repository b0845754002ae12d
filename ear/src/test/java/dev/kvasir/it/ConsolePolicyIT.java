package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The settings of all nodes, as an administrator's browser changes and tries them. */
@ExtendWith(KvasirCluster.Shared.class)
final class ConsolePolicyIT {
  private static final String POLICY = "/api/cache/policy";

  @Test
  void policy_change_inForceOnBothNodes(KvasirCluster cluster) throws Exception {
    KvasirClient a = cluster.a().client();
    KvasirClient b = cluster.b().client();
    JsonObject before = a.adminGet(POLICY);
    try (Browser browser = Browser.loggedInAt(cluster.a())) {
      browser.open("policy");
      browser.find("#settings\\:eviction option[value=LFU]").click();
      browser.type("#settings\\:budget", "77");
      browser.type("#settings\\:deadline", "345");
      browser.find("#settings\\:save").click();
      browser.await("the news", () -> browser.says("#settings\\:told", "In force on all nodes."));

      for (KvasirClient node : List.of(a, b)) {
        browser.await("the budget", () -> budgetOf(node) == 77L << 20);
        assertEquals("lfu", node.adminGet(POLICY).getString("eviction"));
        assertEquals(345, node.adminGet(POLICY).getInt("deadline_ms"));
      }
      assertTrue(browser.find("#now\\:inForce").getText().contains("Least frequently used"));
      assertEquals(List.of(), browser.complaints());
    } finally {
      KvasirClient.expectOk(a.admin("PUT", POLICY, before.toString()));
    }
  }

  @Test
  void policy_sliderShadowAndRevert_inForceListedAndBack(KvasirCluster cluster) throws Exception {
    KvasirClient client = cluster.a().client();
    JsonObject before = client.adminGet(POLICY);
    try (Browser browser = Browser.loggedInAt(cluster.a())) {
      browser.open("policy");
      browser.find("#settings\\:eviction option[value=S3_FIFO]").click();
      browser.await("its sliders", () -> browser.shows("[data-name=small_percent]"));
      browser.run("document.querySelector('[data-name=small_percent]').value = 25;");
      browser.type("#settings\\:shadows", "lru, sieve@2");
      browser.find("#settings\\:save").click();
      browser.await("the news", () -> browser.says("#settings\\:told", "In force on all nodes."));

      JsonObject now = client.adminGet(POLICY);
      assertEquals("s3_fifo", now.getString("eviction"));
      assertEquals(25, now.getJsonObject("parameters").getInt("small_percent"));
      browser.await("the shadows", () -> browser.says("#now\\:inForce", "sieve@2.0"));
      browser.await("the change", () -> browser.says("#past\\:changes", "small_percent: – → 25"));

      browser.find("#past\\:versions tbody tr:nth-child(2) button").click();
      browser.await("the news", () -> browser.says("#past\\:news", "In force on all nodes."));
      assertEquals(before, client.adminGet(POLICY));
      assertEquals(List.of(), browser.complaints());
    } finally {
      KvasirClient.expectOk(client.admin("PUT", POLICY, before.toString()));
    }
  }

  @Test
  void policy_simulated_curvesOfRealRequestsAndNothingChanged(KvasirCluster cluster)
      throws Exception {
    KvasirClient client = cluster.a().client();
    JsonObject before = client.adminGet(POLICY);
    client.chat(LongNotes.of(99), "Where does Tom live?", 1);
    client.chat(LongNotes.of(99), "Where does Ida live?", 1);
    try (Browser browser = Browser.loggedInAt(cluster.a())) {
      browser.open("policy");
      browser.find("#settings\\:eviction option[value=SIEVE]").click();
      browser.await("no slider", () -> browser.says("#settings\\:parameters", "nothing to tune"));
      browser.find("#settings\\:simulate").click();
      browser.await("the curves", () -> browser.shows("#what\\:curves canvas"));
      assertTrue(browser.says("#replayed", "blocks asked for"));
      String curves =
          String.valueOf(browser.find("#what\\:curves canvas").getDomAttribute("aria-label"));
      assertTrue(curves.contains("sieve"), curves);
      assertEquals(List.of(), browser.complaints());
    }
    assertEquals(before, client.adminGet(POLICY));
    JsonObject what = client.adminGet("/api/cache/whatif?policies=lru,sieve@2");
    assertTrue(what.getInt("requests") >= 2, what::toString);
    assertEquals(5, what.getJsonArray("curves").getJsonObject(1).getJsonArray("points").size());
    assertEquals(400, client.admin("GET", "/api/cache/whatif?policies=best", "").statusCode());
  }

  @Test
  void policy_unreadableBudget_toldAndNotInForce(KvasirCluster cluster) throws Exception {
    KvasirClient client = cluster.a().client();
    JsonObject before = client.adminGet(POLICY);
    try (Browser browser = Browser.loggedInAt(cluster.a())) {
      browser.open("policy");
      browser.type("#settings\\:budget", "plenty");
      browser.find("#settings\\:save").click();
      browser.await("the error", () -> browser.says("#settings", "Write the budget as a whole"));
      assertEquals(before, client.adminGet(POLICY));
    }
  }

  private static long budgetOf(KvasirClient node) {
    try {
      return node.adminGet(POLICY).getJsonNumber("budget_bytes").longValueExact();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
