package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The queue before the slots, on a node with one slot and three places to wait. */
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("try") // a slot is held, not used
final class QueueIT {
  private static final int LENGTH = 3;
  private static final int PATIENCE_SECONDS = 60;
  private static final int FLOOD = 40;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private KvasirNode node;

  @BeforeAll
  void start(@TempDir Path data) throws IOException, InterruptedException {
    node =
        KvasirNode.start(
            data,
            "queue",
            Map.of("KVASIR_SLOTS", "1", "KVASIR_QUEUE_LENGTH", Integer.toString(LENGTH)));
  }

  @AfterAll
  void stop() {
    node.close();
  }

  @Test
  void priorities_whileTheSlotIsTaken_mostUrgentFirst() throws Exception {
    List<String> served = Collections.synchronizedList(new ArrayList<>());
    List<CompletableFuture<?>> answers = new ArrayList<>();
    try (InputStream stream = takeTheSlot()) {
      for (String priority : List.of("low", "normal", "high")) {
        answers.add(
            http.sendAsync(request(priority, 1, false), BodyHandlers.ofString())
                .thenAccept(answer -> served.add(priority + " " + answer.statusCode())));
        int waiting = answers.size();
        await(() -> waiting() == waiting, "one more waits");
      }
      assertEquals(1, queue().getInt("high"));
    }
    CompletableFuture.allOf(answers.toArray(new CompletableFuture<?>[0])).join();
    assertEquals(List.of("high 200", "normal 200", "low 200"), served);
  }

  @Test
  void flood_moreThanMayWait_restToldWhenToComeAgain() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> flood = new ArrayList<>();
    try (InputStream stream = takeTheSlot()) {
      for (int i = 0; i < FLOOD; i++) {
        flood.add(http.sendAsync(request("low", 1, false), BodyHandlers.ofString()));
      }
      await(
          () -> flood.stream().filter(CompletableFuture::isDone).count() == FLOOD - LENGTH,
          "all but those that may wait are refused");
      HttpResponse<String> refusal =
          flood.stream().filter(CompletableFuture::isDone).findAny().orElseThrow().join();
      assertEquals(503, refusal.statusCode());
      assertTrue(refusal.body().contains("3 requests wait"), refusal.body());
      int seconds = Integer.parseInt(refusal.headers().firstValue("Retry-After").orElse("0"));
      assertTrue(seconds >= 1 && seconds <= 60, () -> "Retry-After: " + seconds);

      // A more urgent one of the same tenant takes the place of the last of these.
      flood.add(http.sendAsync(request("high", 1, false), BodyHandlers.ofString()));
      await(
          () -> flood.stream().filter(CompletableFuture::isDone).count() == FLOOD + 1 - LENGTH,
          "the last of low priority is refused");
      assertEquals(1, queue().getInt("high"));
      assertEquals(LENGTH - 1, queue().getInt("low"));
    }
    List<Integer> statuses =
        flood.stream().map(answer -> answer.join().statusCode()).sorted().toList();
    assertEquals(Collections.nCopies(LENGTH, 200), statuses.subList(0, LENGTH));
    assertEquals(503, statuses.get(LENGTH));
    String metrics = node.client().get("/metrics").body();
    assertTrue(
        metrics.matches("(?s).*kvasir_requests_refused_total\\{[^}]*queue_full[^}]*} 38\\..*"),
        metrics);
    assertTrue(metrics.contains("kvasir_queue_wait_seconds"), metrics);
  }

  /** A stream that ends when it is closed. */
  private InputStream takeTheSlot() throws IOException, InterruptedException {
    HttpResponse<InputStream> stream =
        http.send(request("high", 2_000, true), BodyHandlers.ofInputStream());
    assertEquals(200, stream.statusCode());
    return stream.body();
  }

  private HttpRequest request(String priority, int maxTokens, boolean stream) {
    String body =
        Json.createObjectBuilder()
            .add("model", "default")
            .add("prompt", "Once upon a time")
            .add("max_tokens", maxTokens)
            .add("ignore_eos", true)
            .add("stream", stream)
            .add("kvasir", Json.createObjectBuilder().add("priority", priority))
            .build()
            .toString();
    return node.client().postRequest("/v1/completions", body);
  }

  private JsonObject queue() throws IOException, InterruptedException {
    return node.client().adminGet("/api/cache/stats").getJsonObject("queue");
  }

  private int waiting() throws IOException, InterruptedException {
    JsonObject queue = queue();
    return queue.getInt("high") + queue.getInt("normal") + queue.getInt("low");
  }

  private static void await(Await.Condition condition, String what) throws Exception {
    Await.until(PATIENCE_SECONDS, condition, () -> what);
  }
}
