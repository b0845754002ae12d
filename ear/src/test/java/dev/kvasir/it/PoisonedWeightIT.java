package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model with a weight that is no number: whoever meets it fails, and nobody else. */
final class PoisonedWeightIT {
  private static final String HEALTHY = "Paul lives in Oslo. Ida works as a baker. ";
  private static final String POISONED = HEALTHY + PoisonedModel.POISON;
  private static final int MANY_TOKENS = 1_200; // some seconds
  private static final int DECODE_SLOTS = 8;
  private static final String PATH = "/v1/completions";

  @TempDir Path data;

  @Test
  void completion_weightIsNoNumber_onlyWhoMeetsItFails() throws Exception {
    Path tiny = Path.of(System.getProperty("kvasir.root", ".."), "models/tiny");
    Path model = PoisonedModel.write(tiny, data.resolve("model"));
    try (KvasirNode node = KvasirNode.start(data, "poisoned", "--model", model.toString())) {
      KvasirClient client = node.client();
      String alone = text(client.post(PATH, body(HEALTHY, MANY_TOKENS, false)));

      HttpResponse<InputStream> beside =
          client
              .http()
              .send(
                  client.postRequest(PATH, body(HEALTHY, MANY_TOKENS, true)),
                  BodyHandlers.ofInputStream());
      try (BufferedReader events =
          new BufferedReader(new InputStreamReader(beside.body(), StandardCharsets.UTF_8))) {
        StringBuilder streamed = new StringBuilder(piece(events.readLine()));
        for (int i = 0; i < 2; i++) {
          requireFailed(client.post(PATH, body(POISONED, 8, false)));
        }
        assertTrue(usedBlocks(client) > 0, "the healthy answer was over before the others failed");
        events.lines().map(PoisonedWeightIT::piece).forEach(streamed::append);
        assertEquals(alone, streamed.toString(), "beside requests that failed");
      }

      for (int i = 0; i <= DECODE_SLOTS; i++) { // more than there are slots
        requireFailed(client.post(PATH, body(POISONED, 8, false)));
      }
      assertEquals(alone, text(client.post(PATH, body(HEALTHY, MANY_TOKENS, false))), "after");
      Await.until(5, () -> usedBlocks(client) == 0, () -> "blocks are held");
    }
  }

  private static void requireFailed(HttpResponse<String> response) {
    assertEquals(500, response.statusCode(), response.body());
    JsonObject error = read(response.body()).getJsonObject("error");
    assertEquals("server_error", error.getString("type"));
    assertEquals("completion_failed", error.getString("code"));
    assertEquals(
        "the engine failed: the logit of token 0 is not a number", error.getString("message"));
  }

  private static String body(String prompt, int maxTokens, boolean stream) {
    return Json.createObjectBuilder()
        .add("model", "default")
        .add("prompt", prompt)
        .add("temperature", 0)
        .add("ignore_eos", true)
        .add("max_tokens", maxTokens)
        .add("stream", stream)
        .build()
        .toString();
  }

  /** The text of an event's line; empty for all other lines. */
  private static String piece(String line) {
    return line.startsWith("data: {") ? text(read(line.substring("data: ".length()))) : "";
  }

  private static String text(HttpResponse<String> response) {
    return text(KvasirClient.expectOk(response));
  }

  private static String text(JsonObject completion) {
    return completion.getJsonArray("choices").getJsonObject(0).getString("text");
  }

  private static JsonObject read(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      return reader.readObject();
    }
  }

  private static int usedBlocks(KvasirClient client) throws IOException, InterruptedException {
    return client.adminGet("/api/cache/stats").getJsonObject("pool").getInt("used_blocks");
  }
}
