package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** By what a request is found again: its id and the access log. */
@TestInstance(Lifecycle.PER_CLASS)
final class RequestTrailIT {
  private static final String SECRET_WORD = "Bragi";

  private KvasirNode node;

  @BeforeAll
  void start(@TempDir Path data) throws IOException, InterruptedException {
    node = KvasirNode.start(data, "trail", Map.of("KVASIR_ACCESS_LOG", "on"));
  }

  @AfterAll
  void stop() {
    node.close();
  }

  private HttpResponse<String> ask(String id, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(node.uri(path))
            .header("Authorization", "Bearer " + node.tenantKey())
            .header("Content-Type", "application/json")
            .header("X-Request-Id", id)
            .POST(BodyPublishers.ofString(body))
            .build();
    return node.client().http().send(request, BodyHandlers.ofString());
  }

  private static String idOf(HttpResponse<String> answer) {
    List<String> ids = answer.headers().allValues("X-Request-Id");
    assertEquals(1, ids.size(), answer::toString);
    return ids.get(0);
  }

  @Test
  void requestId_valid_inAnswerStreamAndError() throws IOException, InterruptedException {
    String chat = "/v1/chat/completions";
    HttpResponse<String> whole =
        ask("trail-1", chat, KvasirClient.chatBody("Be kind.", "Hello", 2, false));
    assertEquals("trail-1", idOf(whole));
    assertEquals(
        "trail-1", KvasirClient.expectOk(whole).getJsonObject("kvasir").getString("request_id"));

    HttpResponse<String> stream =
        ask("trail-2", chat, KvasirClient.chatBody("Be kind.", "Hello", 2, true));
    assertEquals("trail-2", idOf(stream));
    assertTrue(stream.body().contains("\"request_id\":\"trail-2\""), stream.body());

    assertEquals("trail-3", idOf(ask("trail-3", chat, "{")));
    assertEquals("trail-4", idOf(ask("trail-4", "/nowhere", "{}")));
  }

  @Test
  void requestId_notValid_another() throws IOException, InterruptedException {
    HttpResponse<String> answer = ask("a b\"c", "/v1/chat/completions", "{");
    assertTrue(idOf(answer).matches("[0-9a-f]{32}"), idOf(answer));
  }

  @Test
  void accessLog_request_oneLineWithoutItsText() throws Exception {
    String body = KvasirClient.chatBody(LongNotes.of(77), "Who is " + SECRET_WORD + "?", 3, false);
    KvasirClient.expectOk(ask("logged-1", "/v1/chat/completions", body));

    Path file = node.directory().resolve("access/access.0.jsonl");
    Await.until(
        10,
        () -> Files.exists(file) && Files.readString(file).contains("\"logged-1\""),
        () -> "a line of the request in " + file);

    String all = Files.readString(file);
    assertFalse(all.contains(SECRET_WORD), all);
    JsonObject line =
        all.lines().filter(text -> text.contains("\"logged-1\"")).map(this::json).findAny().get();
    assertEquals("ok", line.getString("status"));
    assertEquals("default", line.getString("tenant"));
    assertEquals("trail", line.getString("node"));
    assertEquals(3, line.getInt("answer_tokens"));
    assertEquals((line.getInt("tokens") - 1) / 64, line.getJsonArray("blocks").size());
    JsonObject sources = line.getJsonObject("sources");
    assertEquals(line.getInt("tokens"), sources.keySet().stream().mapToInt(sources::getInt).sum());
    assertTrue(line.getJsonObject("ms").getJsonNumber("prefill").doubleValue() > 0);
  }

  private JsonObject json(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }
}
