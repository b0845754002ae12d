package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of one node that is killed, and started again on the same folder. */
final class DiskIT {
  private static final int ENOUGH_TOKENS = 900;
  private static final int BLOCK_TOKENS = 64;
  private static final int ANSWER_TOKENS = 24;
  private static final String QUESTION = "Where does Ida live?";
  private static final Map<String, String> ENVIRONMENT =
      Map.of("KVASIR_LOAD", "always", "KVASIR_DISK_ENCRYPT", "true");

  @TempDir Path data;

  @Test
  void chat_afterAllNodesWereKilled_takenFromDiskWithSameText() throws Exception {
    String notes = LongNotes.of(11);
    String before;
    try (KvasirNode node = KvasirNode.start(data, "a", ENVIRONMENT)) {
      JsonObject first = node.client().chat(notes, QUESTION, ANSWER_TOKENS);
      assertTrue(report(first).getInt("computed") > ENOUGH_TOKENS, first::toString);
      before = KvasirClient.text(first);
      Await.until(
          30,
          () ->
              disk(node).getJsonObject("events").getInt("written") >= ENOUGH_TOKENS / BLOCK_TOKENS,
          () -> "the notes' blocks are on the disk");
      node.kill();
    }

    try (KvasirNode node = KvasirNode.start(data, "a", ENVIRONMENT)) {
      Await.until(
          30, () -> disk(node).getString("state").equals("ready"), () -> "the disk is scanned");
      JsonObject again = node.client().chat(notes, QUESTION, ANSWER_TOKENS);
      assertTrue(report(again).getInt("disk") >= ENOUGH_TOKENS, again::toString);
      assertEquals(before, KvasirClient.text(again));

      // what idle time computes of the answer may follow: the disk need not stay empty
      JsonObject cleared =
          KvasirClient.expectOk(node.client().admin("DELETE", "/api/cache?tier=disk", ""));
      assertTrue(cleared.getInt("blocks") >= ENOUGH_TOKENS / BLOCK_TOKENS, cleared::toString);
      assertTrue(disk(node).getInt("blocks") < ENOUGH_TOKENS / BLOCK_TOKENS);
    }
  }

  @Test
  void run_folderCannotBeUsed_servesAndSaysWhy() throws Exception {
    Path folder = data.resolve("b").resolve("disk");
    Files.createDirectories(folder.getParent());
    Files.writeString(folder, "not a folder");
    try (KvasirNode node = KvasirNode.start(data, "b")) {
      assertEquals("failed", disk(node).getString("state"));
      String health = node.client().get("/health/ready").body();
      assertTrue(health.contains("\"failed\""), health);
      assertEquals(200, node.client().get("/health/ready").statusCode());
      node.client().chat("A short text.", QUESTION, ANSWER_TOKENS);
    }
  }

  private static JsonObject disk(KvasirNode node) throws Exception {
    return node.client().adminGet("/api/cache/stats").getJsonObject("disk");
  }

  private static JsonObject report(JsonObject completion) {
    return completion.getJsonObject("kvasir");
  }
}
