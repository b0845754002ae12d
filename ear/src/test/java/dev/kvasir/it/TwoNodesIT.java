package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two servers share the K/V of a long prompt: what one has computed the other takes, bit for bit,
 * and goes on when the first is killed. Servers of its own, since one of them dies.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
final class TwoNodesIT {
  private static final int ENOUGH_TOKENS = 900;
  private static final int BLOCK_TOKENS = 64;
  private static final int ANSWER_TOKENS = 24;
  private static final int STOP_SECONDS = 10;

  private @Nullable KvasirNode nodeA;
  private @Nullable KvasirNode nodeB;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    nodeA = KvasirNode.start(data, "a", Map.of("KVASIR_ROUTE", "forward"));
    nodeB = KvasirNode.start(data, "b", "--join", nodeA.clusterAddress());
    KvasirClient.expectOk(a().admin("PUT", "/api/cache/policy", "{\"load\":\"always\"}"));
    Await.until(
        30,
        () ->
            b().adminGet("/api/cluster").getJsonArray("members").size() == 2
                && b().adminGet("/api/cluster").getBoolean("safe")
                && b().adminGet("/api/cache/policy").getString("load").equals("always"),
        () -> "two members, safe, that both load always");
  }

  @AfterAll
  void stop() {
    if (nodeB != null) {
      nodeB.close();
    }
    if (nodeA != null) {
      nodeA.close();
    }
  }

  @Test
  @Order(1)
  void chat_prefixComputedOnOther_takenFromGridWithSameText() throws Exception {
    String notes = LongNotes.of(1);
    JsonObject first = computeAndPublish(notes);
    assertTrue(report(first).getInt("computed") > ENOUGH_TOKENS, first::toString);

    JsonObject second = b().chat(notes, "Where does Paul live?", ANSWER_TOKENS);

    JsonObject report = report(second);
    assertEquals("b", report.getString("node"));
    assertTrue(report.getInt("remote") > 0, report::toString);
    assertTrue(report.getInt("local") + report.getInt("remote") >= ENOUGH_TOKENS, report::toString);
    assertEquals(withoutCache(notes, "Where does Paul live?"), KvasirClient.text(second));
  }

  @Test
  @Order(2)
  void chat_poolCleared_takenFromNearOrLocal() throws Exception {
    String notes = LongNotes.of(1);
    KvasirClient.expectOk(b().admin("DELETE", "/api/cache?tier=pool", ""));

    JsonObject third = b().chat(notes, "What is the code of Tom?", ANSWER_TOKENS);

    JsonObject report = report(third);
    assertEquals(0, report.getInt("pool"), report::toString);
    assertTrue(report.getInt("near") + report.getInt("local") >= ENOUGH_TOKENS, report::toString);
    assertEquals(withoutCache(notes, "What is the code of Tom?"), KvasirClient.text(third));
  }

  @Test
  @Order(3)
  void chat_poolOfOtherHasIt_otherAnswersThroughThisOne() throws Exception {
    String notes = LongNotes.of(4);
    String question = "Where does Anna live?";
    b().chat(notes, question, ANSWER_TOKENS);

    JsonObject whole = answeredByOther(notes, question);

    assertTrue(report(whole).getInt("pool") >= ENOUGH_TOKENS, whole::toString);
    String expected = withoutCache(notes, question);
    assertEquals(expected, KvasirClient.text(whole));
    assertEquals(expected, stream(a(), notes, question, () -> {}));
    assertEquals(400, a().get("/api/cluster/route?keys=none").statusCode());
  }

  @Test
  @Order(4)
  void stream_otherNodeKilled_completesWithSameTextAndServesOn() throws Exception {
    String notes = LongNotes.of(2);
    computeAndPublish(notes);
    String question = "Where does Maria live?";
    String expected = withoutCache(notes, question);
    String otherNotes = LongNotes.of(3);
    CompletableFuture<HttpResponse<String>> other = askToPublish(otherNotes, question);

    String streamed = stream(b(), notes, question, () -> requireNode(nodeA).kill());

    assertEquals(expected, streamed);
    assertEquals(expected, KvasirClient.text(b().chat(notes, question, ANSWER_TOKENS)));
    awaitEnd(other);
    assertEquals(
        withoutCache(otherNotes, question),
        KvasirClient.text(b().chat(otherNotes, question, ANSWER_TOKENS)),
        "whatever of it was published");
    Await.until(
        60,
        () -> b().adminGet("/api/cluster").getJsonArray("members").size() == 1,
        () -> "the killed member is gone");
    assertEquals(200, b().get("/health/ready").statusCode());
  }

  @Test
  @Order(5)
  void run_asked_saysSoStopsServerAndExitsWith0() throws Exception {
    KvasirNode node = requireNode(nodeB);
    ProcessHandle server = node.server();
    String said = node.run().output();

    node.run().ask();
    node.run().awaitOutput(output -> output.length() > said.length(), 1);

    assertEquals(0, node.run().awaitExit(STOP_SECONDS), node.run()::output);
    assertFalse(server.isAlive());
    assertEquals(
        said + "Stopping node b; answers on their way may still finish ...\n", node.run().output());
  }

  /** Node a computes and publishes other notes, as long as it lives. */
  private CompletableFuture<HttpResponse<String>> askToPublish(String notes, String question)
      throws Exception {
    int before = published();
    CompletableFuture<HttpResponse<String>> answer =
        a().http()
            .sendAsync(
                a().postRequest(
                        "/v1/chat/completions",
                        KvasirClient.chatBody(notes, question, ANSWER_TOKENS, false)),
                BodyHandlers.ofString());
    Await.until(30, () -> published() > before, () -> "the first of its blocks is published");
    return answer;
  }

  /** Whether it came or not: its node was killed. */
  private static void awaitEnd(CompletableFuture<HttpResponse<String>> answer) throws Exception {
    try {
      assertEquals(200, answer.get(30, TimeUnit.SECONDS).statusCode());
    } catch (ExecutionException e) {
      assertInstanceOf(IOException.class, e.getCause());
    }
  }

  /** Something that happens meanwhile. */
  private interface Step {
    void run() throws IOException, InterruptedException;
  }

  /** The text of a node's stream; something happens once its first event is there. */
  private static String stream(KvasirClient node, String notes, String question, Step atFirstEvent)
      throws IOException, InterruptedException {
    HttpResponse<Stream<String>> response =
        node.http()
            .send(
                node.postRequest(
                    "/v1/chat/completions",
                    KvasirClient.chatBody(notes, question, ANSWER_TOKENS, true)),
                BodyHandlers.ofLines());
    assertEquals(200, response.statusCode());
    StringBuilder text = new StringBuilder();
    boolean done = false;
    boolean begun = false;
    try (Stream<String> lines = response.body()) {
      for (Iterator<String> line = lines.iterator(); line.hasNext(); ) {
        String event = line.next();
        if (!event.startsWith("data: ")) {
          continue;
        }
        if (!begun) {
          atFirstEvent.run();
          begun = true;
        }
        done = event.equals("data: [DONE]");
        if (!done) {
          text.append(delta(event.substring("data: ".length())));
        }
      }
    }
    assertTrue(done, "the stream ends with [DONE]");
    return text.toString();
  }

  private static String delta(String chunk) {
    try (JsonReader reader = Json.createReader(new StringReader(chunk))) {
      JsonObject event = reader.readObject();
      assertFalse(event.containsKey("error"), chunk);
      if (event.getJsonArray("choices").isEmpty()) {
        return "";
      }
      JsonObject delta = event.getJsonArray("choices").getJsonObject(0).getJsonObject("delta");
      return delta.getString("content", "");
    }
  }

  /** Node a's answer by way of b; on a busy machine b may say too late what it has. */
  private JsonObject answeredByOther(String notes, String question) throws Exception {
    JsonObject[] answer = {JsonValue.EMPTY_JSON_OBJECT};
    Await.until(
        30,
        () -> {
          KvasirClient.expectOk(a().admin("DELETE", "/api/cache?tier=pool", ""));
          answer[0] = a().chat(notes, question, ANSWER_TOKENS);
          return report(answer[0]).getString("node").equals("b");
        },
        () -> "b answers: " + answer[0]);
    return answer[0];
  }

  /** What node b answers when it computes everything. */
  private String withoutCache(String notes, String question)
      throws IOException, InterruptedException {
    String body = KvasirClient.chatBody(notes, question, ANSWER_TOKENS, false);
    String off = body.substring(0, body.length() - 1) + ",\"kvasir\":{\"cache\":\"off\"}}";
    JsonObject answer = KvasirClient.expectOk(b().post("/v1/chat/completions", off));
    JsonObject report = report(answer);
    assertEquals(
        answer.getJsonObject("usage").getInt("prompt_tokens"),
        report.getInt("computed"),
        report::toString);
    return KvasirClient.text(answer);
  }

  /** Asks node a about the notes, and waits until their blocks are in the grid. */
  private JsonObject computeAndPublish(String notes) throws Exception {
    int enough = published() + ENOUGH_TOKENS / BLOCK_TOKENS;
    JsonObject answer = a().chat(notes, "What is the code of Ida?", ANSWER_TOKENS);
    Await.until(30, () -> published() >= enough, () -> "%d blocks published".formatted(enough));
    return answer;
  }

  private int published() throws IOException, InterruptedException {
    return a().adminGet("/api/cache/stats").getJsonObject("publish").getInt("published");
  }

  private static JsonObject report(JsonObject completion) {
    return completion.getJsonObject("kvasir");
  }

  private KvasirClient a() {
    return requireNode(nodeA).client();
  }

  private KvasirClient b() {
    return requireNode(nodeB).client();
  }

  private static KvasirNode requireNode(@Nullable KvasirNode node) {
    if (node == null) {
      throw new AssertionError("the node was not started");
    }
    return node;
  }
}
