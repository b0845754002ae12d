package dev.kvasir.bench.serve;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One OpenAI-compatible server. */
final class ChatEndpoint {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int SHOWN_CHARACTERS = 300;
  private static final Gson GSON = new Gson();

  private final HttpClient client;
  private final URI base;
  private final String key;

  /**
   * Knows where it is.
   *
   * @param base such as {@code http://127.0.0.1:9080}, without {@code /v1}
   * @param key sent as a bearer token; empty to send none
   */
  ChatEndpoint(HttpClient client, URI base, String key) {
    this.client = client;
    this.base = base;
    this.key = key;
  }

  /**
   * The first of its models.
   *
   * @throws IOException if it does not answer, or not with models
   */
  String firstModel() throws IOException {
    HttpResponse<String> response = send(request("/v1/models").build(), BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(
          base + "/v1/models answers " + failure(response.statusCode(), response.body()));
    }
    JsonObject models = JsonParser.parseString(response.body()).getAsJsonObject();
    return models.getAsJsonArray("data").get(0).getAsJsonObject().get("id").getAsString();
  }

  /**
   * Asks for a streamed answer and reads it to its end.
   *
   * @param messages each with role and content
   * @param due when it was to be sent, by the clock
   */
  Answer ask(
      String model,
      Turn turn,
      List<Map<String, String>> messages,
      double due,
      DoubleSupplier clock) {
    StreamedAnswer answer = new StreamedAnswer(clock);
    HttpRequest request =
        request("/v1/chat/completions")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body(model, turn, messages)))
            .build();
    try {
      HttpResponse<Stream<String>> response = send(request, BodyHandlers.ofLines());
      try (Stream<String> lines = response.body()) {
        if (response.statusCode() != 200) {
          String text = lines.collect(Collectors.joining("\n"));
          return answer.failed(turn, due, failure(response.statusCode(), text));
        }
        answer.read(new SseReader(lines.iterator()));
      }
      return answer.answer(turn, due);
    } catch (IOException | UncheckedIOException e) { // an endpoint that breaks off is a result
      return answer.failed(turn, due, e.toString());
    }
  }

  private static String body(String model, Turn turn, List<Map<String, String>> messages) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("model", model);
    body.put("messages", messages);
    body.put("max_tokens", turn.maxTokens());
    body.put("temperature", 0);
    body.put("ignore_eos", true); // answers of equal length wherever it is known
    body.put("stream", true);
    body.put("stream_options", Map.of("include_usage", true));
    return GSON.toJson(body);
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE);
    return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws IOException {
    try {
      return client.send(request, handler);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static String failure(int status, String text) {
    return status + " " + text.substring(0, Math.min(text.length(), SHOWN_CHARACTERS));
  }
}
