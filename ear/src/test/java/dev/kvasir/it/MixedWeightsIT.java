package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of a node with weights of 8 bits and one with full ones. */
@Tag("long")
final class MixedWeightsIT {
  private static final String NOTES = LongNotes.of(1);
  private static final String QUESTION = "Where does Paul live?";
  private static final int ANSWER_TOKENS = 16;
  private static final int ENOUGH_BLOCKS = 4;
  private static final Map<String, String> INT8 =
      Map.of("KVASIR_ENGINE_WEIGHTS", "int8", "KVASIR_LOAD", "always");

  @Test
  void chat_prefixComputedWithOtherWeights_computedAgain(@TempDir Path data) throws Exception {
    assumeTrue(
        Files.readString(Path.of("/proc/cpuinfo")).contains("vnni"), "no 8-bit products here");
    try (KvasirNode nodeA = KvasirNode.start(data, "int8", INT8);
        KvasirNode nodeB = KvasirNode.start(data, "full", "--join", nodeA.clusterAddress())) {
      KvasirClient int8 = nodeA.client();
      KvasirClient full = nodeB.client();
      assertEquals("int8", kernelForm(int8));
      assertEquals("onednn", kernelForm(full));
      Await.until(
          30,
          () -> full.adminGet("/api/cluster").getJsonArray("members").size() == 2,
          () -> "two members");

      JsonObject first = int8.chat(NOTES, QUESTION, ANSWER_TOKENS);
      Await.until(30, () -> published(int8) >= ENOUGH_BLOCKS, () -> "blocks in the grid");
      KvasirClient.expectOk(int8.admin("DELETE", "/api/cache?tier=pool", ""));
      JsonObject second = int8.chat(NOTES, QUESTION, ANSWER_TOKENS);
      assertTrue(computed(second) < computed(first), second::toString);
      assertEquals(KvasirClient.text(first), KvasirClient.text(second));

      JsonObject other = full.chat(NOTES, QUESTION, ANSWER_TOKENS);
      assertEquals(other.getJsonObject("usage").getInt("prompt_tokens"), computed(other));
    }
  }

  private static String kernelForm(KvasirClient client) throws Exception {
    return KvasirClient.expectOk(client.get("/health/ready")).getJsonArray("checks").stream()
        .map(JsonObject.class::cast)
        .filter(check -> check.getString("name").equals("model"))
        .findFirst()
        .orElseThrow()
        .getJsonObject("data")
        .getString("kernel_form");
  }

  private static int published(KvasirClient client) throws Exception {
    return client.adminGet("/api/cache/stats").getJsonObject("publish").getInt("published");
  }

  private static int computed(JsonObject completion) {
    return completion.getJsonObject("kvasir").getInt("computed");
  }
}
