package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Server-sent events as they come over the wire. */
@ExtendWith(KvasirCluster.Shared.class)
final class StreamIT {
  /** Steps of the longest answer: some ten seconds on two cores. */
  private static final int MANY_TOKENS = 1_900;

  private static final int DECODE_SLOTS = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern STEPS =
      Pattern.compile("(?m)^kvasir_inter_token_seconds_count\\{[^}]*} ([0-9.E]+)$");

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
    try (InputStream stream = openLongStream();
        BufferedReader events = reader(stream)) {
      assertTrue(events.readLine().startsWith("data: "));

      assertTrue(usedBlocks() > 0, "the answer is over, but only its first event was read");
    }
    await(() -> usedBlocks() == 0);
  }

  @Test
  void stream_clientsLeave_slotsFree() throws IOException, InterruptedException {
    long before = steps();

    for (int i = 0; i <= DECODE_SLOTS; i++) {
      try (InputStream stream = openLongStream();
          BufferedReader events = reader(stream)) {
        assertTrue(events.readLine().startsWith("data: "));
      }
    }

    await(() -> usedBlocks() == 0);
    assertTrue(
        steps() - before < MANY_TOKENS,
        () -> "more than one answer's steps were computed for nobody");
  }

  private InputStream openLongStream() throws IOException, InterruptedException {
    String body =
        Json.createObjectBuilder()
            .add("model", "default")
            .add("prompt", "Once upon a time")
            .add("max_tokens", MANY_TOKENS)
            .add("ignore_eos", true)
            .add("stream", true)
            .build()
            .toString();
    HttpResponse<InputStream> response =
        node.client()
            .http()
            .send(node.client().postRequest("/v1/completions", body), BodyHandlers.ofInputStream());
    assertEquals(200, response.statusCode());
    return response.body();
  }

  private static BufferedReader reader(InputStream stream) {
    return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }

  private static String contentType(HttpResponse<?> response) {
    return response.headers().firstValue("Content-Type").orElse("");
  }

  private int usedBlocks() throws IOException, InterruptedException {
    return node.client().adminGet("/api/cache/stats").getJsonObject("pool").getInt("used_blocks");
  }

  /** Decode steps that this node has made, but for each answer's first token. */
  private long steps() throws IOException, InterruptedException {
    Matcher count = STEPS.matcher(node.client().get("/metrics").body());
    assertTrue(count.find(), "/metrics has no kvasir_inter_token_seconds_count");
    return (long) Double.parseDouble(count.group(1));
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
