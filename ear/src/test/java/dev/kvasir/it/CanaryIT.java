package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.Reader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A prompt that would be known anywhere is sent in all ways, good and bad; then nothing that nodes
 * write down or tell has its text or its token ids.
 */
@ExtendWith(KvasirCluster.Shared.class)
class CanaryIT {
  private static final String MARKER = "Kanari9f2b7c";
  private static final int WORDS = 12;
  private static final int IDS_IN_A_ROW = 4;

  private final Map<String, Integer> words = words();
  private final String phrase = String.join(" ", words.keySet());
  private final String canary = MARKER + " " + phrase;

  @Test
  void canary_sentInAllWays_nowhereWrittenDown(KvasirCluster cluster) throws Exception {
    List<KvasirNode> nodes = List.of(cluster.a(), cluster.b());
    for (KvasirNode node : nodes) {
      send(node.client());
    }

    List<String> finds = new ArrayList<>();
    for (KvasirNode node : nodes) {
      search(finds, "/metrics", node.client().get("/metrics").body());
      search(finds, "/health", node.client().get("/health").body());
      search(finds, "stats", node.client().adminGet("/api/cache/stats").toString());
      search(finds, "blocks", node.client().adminGet("/api/cache/blocks?limit=1000").toString());
      JsonObject audit = node.client().adminGet("/api/audit?limit=1000");
      assertTrue(audit.toString().contains("POST /api/cache/pins"), "the audit missed the pin");
      search(finds, "audit", audit.toString());
    }
    int files = 0;
    for (Path file : written(cluster.data())) {
      search(finds, file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
      files++;
    }
    assertEquals(List.of(), finds);
    assertTrue(files >= 4, "only " + files + " files were searched");
  }

  private void send(KvasirClient client) throws Exception {
    assertEquals(200, chat(client, 4, "").statusCode());
    assertEquals(200, chat(client, 4, ", \"stream\": true").statusCode());
    assertEquals(200, chat(client, 4, ", \"logprobs\": true, \"top_logprobs\": 2").statusCode());
    assertEquals(200, chat(client, 4, ", \"stop\": [\"%s\"]".formatted(MARKER)).statusCode());
    assertEquals(400, chat(client, 1_000_000, "").statusCode());
    assertEquals(400, chat(client, 4, ", \"temperature\": \"%s\"".formatted(canary)).statusCode());
    String schema =
        ", \"response_format\": {\"type\": \"json_schema\", \"json_schema\": {\"schema\":"
            + " {\"not\": {\"const\": \"%s\"}}}}".formatted(canary);
    assertEquals(400, chat(client, 4, schema).statusCode());
    String text = "{\"model\": \"default\", \"max_tokens\": 2, \"prompt\": \"%s\"}";
    assertEquals(200, client.post("/v1/completions", text.formatted(canary)).statusCode());
    assertEquals(400, client.post("/v1/completions", "{\"prompt\": " + canary).statusCode());
    assertEquals(200, client.post("/tokenize", text.formatted(canary)).statusCode());
    String pin = Json.createObjectBuilder().add("text", canary).build().toString();
    assertEquals(200, client.admin("POST", "/api/cache/pins", pin).statusCode());
  }

  private HttpResponse<String> chat(KvasirClient client, int maxTokens, String more)
      throws Exception {
    String body = KvasirClient.chatBody(canary, canary, maxTokens, false);
    return client.post(
        "/v1/chat/completions",
        body.replace(",\"stream\":false", "").replaceFirst("}$", "") + more + "}");
  }

  private void search(List<String> finds, String where, String text) {
    if (text.contains(MARKER) || text.contains(phrase)) {
      finds.add(where + " has the text");
    }
    List<Integer> ids = List.copyOf(words.values());
    for (int start = 0; start + IDS_IN_A_ROW <= ids.size(); start++) {
      String row =
          ids.subList(start, start + IDS_IN_A_ROW).stream()
              .map(String::valueOf)
              .collect(Collectors.joining("[,;\\s]{1,3}"));
      if (Pattern.compile("\\b" + row + "\\b").matcher(text).find()) {
        finds.add(where + " has token ids");
      }
    }
  }

  /** Logs, outputs and the tables' file; not what was installed. */
  private static List<Path> written(Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().contains("/liberty/"))
          .toList();
    }
  }

  /** Words of the model, each one token behind a space, with their ids. */
  private static Map<String, Integer> words() {
    Path tokenizer = Path.of(System.getProperty("kvasir.root", ".."), "models/tiny/tokenizer.json");
    try (Reader file = Files.newBufferedReader(tokenizer);
        JsonReader reader = Json.createReader(file)) {
      JsonObject vocabulary = reader.readObject().getJsonObject("model").getJsonObject("vocab");
      Map<String, Integer> words = new TreeMap<>();
      for (String token : vocabulary.keySet()) {
        if (token.matches("\u0120[a-z]{5,}") && words.size() < WORDS) {
          words.put(token.substring(1), vocabulary.getInt(token));
        }
      }
      return words;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
