package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node that is told to stop while an answer takes longer than its grace. */
@Timeout(180)
final class StopIT {
  /** Steps of several seconds, on any machine. */
  private static final int MANY_TOKENS = 2_000;

  @Test
  void term_answerTakesLongerThanTheGrace_streamEndsWithAnError(@TempDir Path data)
      throws Exception {
    try (KvasirNode node =
        KvasirNode.start(data, "stops", Map.of("KVASIR_STOP_GRACE_MILLIS", "300"))) {
      String body =
          Json.createObjectBuilder()
              .add("model", "default")
              .add("prompt", "Once upon a time")
              .add("max_tokens", MANY_TOKENS)
              .add("n", 4)
              .add("ignore_eos", true)
              .add("stream", true)
              .build()
              .toString();
      HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
      HttpResponse<InputStream> stream =
          http.send(
              node.client().postRequest("/v1/completions", body), BodyHandlers.ofInputStream());
      try (BufferedReader events =
          new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
        assertTrue(events.readLine().startsWith("data: "));

        node.run().ask();

        List<String> rest = events.lines().filter(line -> !line.isBlank()).toList();
        String last = rest.get(rest.size() - 1);
        assertTrue(last.startsWith("data: {\"error\":"), last);
        assertTrue(last.contains("stopped"), last);
        assertTrue(last.contains("send the request again"), last);
        assertFalse(rest.toString().contains("\"finish_reason\":\"stop\""));
      }
      assertEquals(0, node.run().awaitExit(30));
    }
  }
}
