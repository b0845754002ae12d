package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The blocks of real requests: found by their text, pinned, taken out, by console and by API. */
@ExtendWith(KvasirCluster.Shared.class)
final class ConsoleBlocksIT {
  private static final String TREE = "/api/cache/tree";

  @Test
  void blocks_systemMessage_foundPinnedAndExpired(KvasirCluster cluster) throws Exception {
    KvasirClient client = cluster.a().client();
    String notes = LongNotes.of(4711);
    client.chat(notes, "What is the code of Paul?", 2);
    awaitFound(client, notes);
    try (Browser browser = Browser.loggedInAt(cluster.a())) {
      browser.open("blocks");
      browser.await("the tree", () -> browser.findAll("#blocks\\:lines_data > tr").size() > 0);

      find(browser, "Something that nobody ever asked. " + notes);
      browser.await("none", () -> browser.says("#blocks\\:told", "none of them is in the grid"));
      find(browser, notes);
      browser.await("them", () -> browser.says("#blocks\\:told", "the grid has the first"));
      assertTrue(browser.says("#blocks\\:detail", "default"));

      browser.find("#blocks\\:pinFound").click();
      browser.await("the news", () -> browser.says("#blocks\\:told", "Pinned"));
      assertTrue(browser.shows("#blocks\\:lines .badge"));
      browser.find("#blocks\\:expire").click();
      browser.accept();
      browser.await("the refusal", () -> browser.says("#blocks\\:told", "are pinned"));
      assertTrue(gridBlocks(client, notes) > 0);

      find(browser, notes);
      browser.await("them", () -> browser.says("#blocks\\:told", "the grid has the first"));
      browser.find("#blocks\\:unpin").click();
      browser.await("the news", () -> browser.says("#blocks\\:told", "Unpinned"));
      Await.until(10, () -> !isPinned(client, notes), () -> "the node hears that it is unpinned");
      browser.find("#blocks\\:expire").click();
      browser.accept();
      browser.await("the news", () -> browser.says("#blocks\\:told", "blocks left."));
      assertEquals(List.of(), browser.complaints());
    }
    JsonObject again = client.chat(notes, "What is the code of Paul?", 2).getJsonObject("kvasir");
    assertEquals(
        0, again.getInt("pool") + again.getInt("local") + again.getInt("disk"), again::toString);
    assertEquals("expired", again.getString("miss_reason"));
    String acts = client.adminGet("/api/audit?what=blocks").toString();
    assertTrue(acts.contains("console expire blocks"), acts);
    assertFalse(acts.contains("Read the notes"), acts);
  }

  @Test
  void tree_evictedBranch_leavesAndIsComputedOrReadAgain(KvasirCluster cluster) throws Exception {
    KvasirClient client = cluster.a().client();
    String notes = LongNotes.of(815);
    String answer = KvasirClient.text(client.chat(notes, "What is the code of Ida?", 4));
    JsonObject found = awaitFound(client, notes);
    JsonObject first = found.getJsonArray("path").getJsonObject(0).getJsonObject("first");
    String branch = TREE + "/" + first.getString("hash");
    assertTrue(found.getInt("whole_blocks") > 5, found::toString);
    assertEquals(
        first.getString("hash"),
        client
            .adminGet(branch)
            .getJsonArray("runs")
            .getJsonObject(0)
            .getJsonObject("first")
            .getString("hash"));
    assertTrue(client.adminGet(TREE + "?tenant=default&limit=1").getInt("total") > 0);

    assertEquals(400, client.admin("DELETE", branch, "").statusCode());
    int left =
        KvasirClient.expectOk(client.admin("DELETE", branch + "?how=evict", "")).getInt("blocks");
    assertTrue(left >= found.getInt("grid_blocks"), "only " + left + " blocks left");
    assertEquals(0, gridBlocks(client, notes));
    assertEquals(404, client.admin("DELETE", branch + "?how=evict", "").statusCode());
    assertEquals(404, client.admin("GET", branch, "").statusCode());
    assertEquals(400, client.admin("POST", TREE + "/find", "{}").statusCode());
    assertEquals(answer, KvasirClient.text(client.chat(notes, "What is the code of Ida?", 4)));
  }

  private static void find(Browser browser, String text) {
    browser.run(
        "document.getElementById('blocks:text').value = %s;".formatted(Json.createValue(text)));
    browser.find("#blocks\\:findText").click();
  }

  /** A block is published after the answer. */
  private static JsonObject awaitFound(KvasirClient client, String system) throws Exception {
    Await.until(
        30,
        () -> {
          JsonObject found = find(client, system);
          return found.getInt("grid_blocks") == found.getInt("whole_blocks");
        },
        () -> "the blocks of the system message are published");
    return find(client, system);
  }

  private static boolean isPinned(KvasirClient client, String system) throws Exception {
    return find(client, system).getJsonArray("path").stream()
        .anyMatch(run -> run.asJsonObject().getInt("pinned_blocks") > 0);
  }

  private static int gridBlocks(KvasirClient client, String system) throws Exception {
    return find(client, system).getInt("grid_blocks");
  }

  private static JsonObject find(KvasirClient client, String system) throws Exception {
    String body = Json.createObjectBuilder().add("system", system).build().toString();
    return KvasirClient.expectOk(client.admin("POST", TREE + "/find", body));
  }
}
