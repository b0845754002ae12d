package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Server-sent events as they come over the wire. */
@ExtendWith(KvasirCluster.Shared.class)
final class StreamIT {
  /** Steps of the longest answer: some ten seconds on two cores. */
  private static final int MANY_TOKENS = 1_900;

  private static final int DECODE_SLOTS = 16;
  private static final int MOST_CHOICES = 8;

  /** Completions that may run or wait, by default. */
  private static final int PLACES = DECODE_SLOTS + 128;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final KvasirNode node;

  StreamIT(KvasirCluster cluster) throws IOException, InterruptedException {
    node = cluster.a();
  }

  @Test
  void stream_answer_framedInOrder() throws IOException, InterruptedException {
    HttpResponse<String> response =
        node.client()
            .post("/v1/chat/completions", KvasirClient.chatBody("Be kind.", "Hello", 4, true));

    assertEquals("text/event-stream;charset=UTF-8", contentType(response));
    List<String> events = List.of(response.body().split("\n\n"));
    assertTrue(events.stream().allMatch(event -> event.startsWith("data: ")), response::body);
    assertTrue(events.get(0).contains("\"role\":\"assistant\""), response::body);
    assertTrue(events.get(events.size() - 2).contains("\"kvasir\":{"), response::body);
    assertEquals("data: [DONE]", events.get(events.size() - 1));
    assertEquals(
        1, events.stream().filter(e -> e.matches("(?s).*\"finish_reason\":\"[a-z].*")).count());
  }

  @Test
  void stream_firstToken_arrivesWhileTheRestIsComputed() throws IOException, InterruptedException {
    try (InputStream stream = openLongStream(node.client().http());
        BufferedReader events = reader(stream)) {
      assertTrue(events.readLine().startsWith("data: "));

      assertTrue(
          node.client().usedBlocks() > 0, "the answer is over, but only its first event was read");
    }
    await(() -> node.client().usedBlocks() == 0);
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void stream_clientsLeave_slotsFree(HttpClient.Version version)
      throws IOException, InterruptedException {
    HttpClient http = HttpClient.newBuilder().version(version).build();
    long before = steps();

    for (int i = 0; i <= DECODE_SLOTS; i++) {
      try (InputStream stream = openLongStream(http);
          BufferedReader events = reader(stream)) {
        assertTrue(events.readLine().startsWith("data: "));
      }
    }

    await(() -> node.client().usedBlocks() == 0);
    assertTrue(
        steps() - before < MANY_TOKENS,
        () -> "more than one answer's steps were computed for nobody");
  }

  @Test
  void stream_clientOfSeveralChoicesLeaves_allEnd() throws IOException, InterruptedException {
    long before = steps();
    try (InputStream stream = openStream(node.client().http(), longStream(MOST_CHOICES));
        BufferedReader events = reader(stream)) {
      assertTrue(events.readLine().startsWith("data: "));
    }
    await(() -> node.client().usedBlocks() == 0);
    assertTrue(steps() - before < MANY_TOKENS, "steps were computed for nobody");
  }

  @Test
  void stream_moreThanPlaces_someToldToComeAgain() throws IOException, InterruptedException {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    List<CompletableFuture<HttpResponse<InputStream>>> requests =
        Stream.generate(() -> http.sendAsync(longStream(1), BodyHandlers.ofInputStream()))
            .limit(PLACES + DECODE_SLOTS)
            .toList();
    try {
      await(() -> requests.stream().filter(request -> status(request) == 503).count() > 0);

      HttpResponse<InputStream> refusal =
          requests.stream()
              .filter(request -> status(request) == 503)
              .findAny()
              .orElseThrow()
              .join();
      assertTrue(refusal.headers().firstValue("Retry-After").orElse("").matches("[0-9]+"));
      assertTrue(body(refusal).contains("\"no_decode_slot\""));
      assertTrue(
          node.client().metric("kvasir_requests_refused_total", "reason=\"queue_full\"") > 0);
      assertEquals(200, node.client().get("/health").statusCode());
    } finally {
      requests.forEach(StreamIT::leave);
    }
    await(() -> node.client().usedBlocks() == 0);
    assertEquals(
        200,
        node.client()
            .post("/v1/chat/completions", KvasirClient.chatBody("Be kind.", "Hello", 1, false))
            .statusCode());
  }

  private InputStream openLongStream(HttpClient http) throws IOException, InterruptedException {
    return openStream(http, longStream(1));
  }

  private static InputStream openStream(HttpClient http, HttpRequest request)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
    assertEquals(200, response.statusCode());
    return response.body();
  }

  private HttpRequest longStream(int choices) {
    String body =
        Json.createObjectBuilder()
            .add("model", "default")
            .add("prompt", "Once upon a time")
            .add("n", choices)
            .add("max_tokens", MANY_TOKENS)
            .add("ignore_eos", true)
            .add("stream", true)
            .build()
            .toString();
    return node.client().postRequest("/v1/completions", body);
  }

  /** The status of an answer that has begun; 0 before. */
  private static int status(CompletableFuture<HttpResponse<InputStream>> request) {
    return request.isDone() ? request.join().statusCode() : 0;
  }

  private static String body(HttpResponse<InputStream> response) throws IOException {
    try (InputStream body = response.body()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Closes the connection, whether the answer has begun or not. */
  private static void leave(CompletableFuture<HttpResponse<InputStream>> request) {
    if (request.cancel(true)) {
      return;
    }
    try {
      request.join().body().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BufferedReader reader(InputStream stream) {
    return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }

  private static String contentType(HttpResponse<?> response) {
    return response.headers().firstValue("Content-Type").orElse("");
  }

  /** Decode steps that this node has made, but for each answer's first token. */
  private long steps() throws IOException, InterruptedException {
    return node.client().metric("kvasir_inter_token_seconds_count", "");
  }

  private static void await(Callable<Boolean> condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!condition.call()) {
        assertTrue(System.nanoTime() < end, "not within " + PATIENCE);
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
