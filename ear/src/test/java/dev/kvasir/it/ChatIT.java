package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One chat answer through the whole server. */
@ExtendWith(KvasirCluster.Shared.class)
final class ChatIT {
  private static final String CHAT = "/v1/chat/completions";
  private static final String NOTES =
      "Read the notes and answer the questions.\n"
          + "Paul lives in Oslo. Ida works as a baker. The code of Paul is 4821.";

  @Test
  void chat_notes_answered(KvasirCluster cluster) throws IOException, InterruptedException {
    JsonObject answer = cluster.a().client().chat(NOTES, "What is the code of Paul?", 16);

    assertTrue(KvasirClient.text(answer).contains("4821"), answer::toString);
    assertEquals("a", answer.getJsonObject("kvasir").getString("node"));
    assertEquals(
        "stop", answer.getJsonArray("choices").getJsonObject(0).getString("finish_reason"));
  }

  /**
   * Two documents change places: their K/V is reused where the request wants it, and it says so.
   */
  @Test
  void chat_documentsChangePlaces_reusedOnlyIfAskedFor(KvasirCluster cluster)
      throws IOException, InterruptedException {
    String one = LongNotes.of(901).substring(0, 1_000);
    String other = LongNotes.of(902).substring(0, 1_000);
    KvasirClient client = cluster.a().client();
    JsonObject first =
        KvasirClient.expectOk(client.post(CHAT, passages(one, other, one + other, "exact")));
    HttpResponse<String> moved = client.post(CHAT, passages(one, other, other + one, "passages"));
    JsonObject report = KvasirClient.expectOk(moved).getJsonObject("kvasir");
    JsonObject exact =
        KvasirClient.expectOk(client.post(CHAT, passages(one, other, other + one, "exact")));

    assertEquals("epic", moved.headers().firstValue("X-Kvasir-Approximate").orElseThrow());
    JsonObject approximate = report.getJsonObject("approximate");
    assertTrue(
        approximate.getInt("reused_tokens") > 3 * report.getInt("computed"), report::toString);
    assertEquals(
        first.getJsonObject("kvasir").getString("request_id"),
        approximate.getJsonArray("donors").getJsonObject(0).getString("request"));
    assertFalse(exact.getJsonObject("kvasir").containsKey("approximate"), exact::toString);
    assertTrue(
        exact.getJsonObject("kvasir").getInt("computed") > 2 * 64, "nothing approximate is shared");
  }

  private static String passages(String one, String other, String system, String reuse) {
    JsonObject body =
        Json.createReader(
                new StringReader(
                    KvasirClient.chatBody(system, "What is the code of Ida?", 8, false)))
            .readObject();
    JsonObjectBuilder options =
        Json.createObjectBuilder()
            .add("reuse", reuse)
            .add(
                "passages",
                Json.createArrayBuilder().add(passage("one", one)).add(passage("other", other)));
    return Json.createObjectBuilder(body).add("kvasir", options).build().toString();
  }

  private static JsonObjectBuilder passage(String id, String text) {
    return Json.createObjectBuilder().add("id", id).add("text", text);
  }

  /** What bin/run prints must show a hit at once, to whoever tries it. */
  @Test
  void chat_printedCurlTwice_secondHits(KvasirCluster cluster)
      throws IOException, InterruptedException {
    Matcher curl =
        Pattern.compile("/v1/chat/completions .* -d '([^']*)'").matcher(cluster.a().run().output());
    assertTrue(curl.find(), cluster.a().run()::output);

    KvasirClient client = cluster.a().client();
    KvasirClient.expectOk(client.post("/v1/chat/completions", curl.group(1)));
    JsonObject second = KvasirClient.expectOk(client.post("/v1/chat/completions", curl.group(1)));

    assertTrue(second.getJsonObject("kvasir").getInt("pool") > 0, second::toString);
  }
}
