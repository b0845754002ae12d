package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What clients do wrong, one by one: a clear refusal each, and the server serves on. */
@ExtendWith(KvasirCluster.Shared.class)
final class BadInputIT {
  private static final String CHAT = "/v1/chat/completions";
  private static final String HELLO = "{\"role\": \"user\", \"content\": \"Hello\"}";

  private final KvasirNode node;

  BadInputIT(KvasirCluster cluster) throws IOException, InterruptedException {
    node = cluster.a();
  }

  /** A body for chat, and the refusal that it must get. */
  private record Case(String name, String body, int status, String code, List<String> words) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case refused(String name, String body, int status, String code, String... words) {
    return new Case(name, body, status, code, List.of(words));
  }

  private static Case chat(String name, String fields, String code, String... words) {
    String body = "{\"model\": \"tiny\", \"messages\": [%s], %s}".formatted(HELLO, fields);
    return refused(name, body, 400, code, words);
  }

  private static Case messages(String name, String messages, String code, String... words) {
    String body = "{\"model\": \"tiny\", \"messages\": %s}".formatted(messages);
    return refused(name, body, 400, code, words);
  }

  static Stream<Case> cases() {
    return Stream.of(
        refused("no body", "", 400, "invalid_json", "empty", "a JSON object"),
        refused("broken JSON", "{\"model\": \"tiny\", ", 400, "invalid_json", "line 1"),
        refused("cut off in an unknown field", "{\"x\": [[[", 400, "invalid_json", "line 1"),
        refused("text after the object", "{} {}", 400, "invalid_json"),
        refused("an array", "[]", 400, "invalid_json", "a JSON object", "an array"),
        refused("deep nesting", "{\"x\": " + "[".repeat(50_000), 400, "invalid_json"),
        refused("NUL in JSON", "{\"model\": \"ti\0ny\"}", 400, "invalid_json"),
        refused("no model", "{\"messages\": []}", 400, "missing_required_parameter", "model"),
        refused(
            "unknown model",
            "{\"model\": \"gpt-4\", \"messages\": [%s]}".formatted(HELLO),
            404,
            "model_not_found",
            "gpt-4",
            "tiny"),
        refused(
            "model is a number", "{\"model\": 4}", 400, "invalid_type", "model", "a string", "4"),
        messages("messages is a text", "\"Hello\"", "invalid_type", "an array", "a string"),
        messages("empty messages", "[]", "invalid_value", "messages"),
        messages(
            "unknown role",
            "[{\"role\": \"king\", \"content\": \"Hello\"}]",
            "invalid_value",
            "messages[0].role",
            "king",
            "assistant"),
        messages(
            "no content",
            "[{\"role\": \"user\"}]",
            "missing_required_parameter",
            "messages[0].content",
            "send a string"),
        messages(
            "half a character",
            "[{\"role\": \"user\", \"content\": \"\\ud800\"}]",
            "invalid_value",
            "messages[0].content"),
        messages(
            "an image",
            "[{\"role\": \"user\", \"content\": [{\"type\": \"image_url\"}]}]",
            "unsupported_parameter",
            "messages[0].content[0].type"),
        chat("temperature 3", "\"temperature\": 3", "invalid_value", "3.0", "from 0 to 2"),
        chat("temperature as text", "\"temperature\": \"1\"", "invalid_type", "a number"),
        chat("top_p 0", "\"top_p\": 0", "invalid_value", "top_p", "above 0 and up to 1"),
        chat("top_k -2", "\"top_k\": -2", "invalid_value", "top_k", "-2", "0 or -1 (all)"),
        chat("min_p 1.5", "\"min_p\": 1.5", "invalid_value", "min_p", "1.5", "from 0 to 1"),
        chat(
            "presence_penalty 3",
            "\"presence_penalty\": 3",
            "invalid_value",
            "presence_penalty",
            "3.0",
            "from -2 to 2"),
        chat(
            "frequency_penalty -2.5",
            "\"frequency_penalty\": -2.5",
            "invalid_value",
            "-2.5",
            "from -2 to 2"),
        chat(
            "logit_bias 200",
            "\"logit_bias\": {\"5\": 200}",
            "invalid_value",
            "200.0 for token 5",
            "from -100 to 100"),
        chat(
            "logit_bias of an unknown token",
            "\"logit_bias\": {\"99999999\": 1}",
            "invalid_value",
            "token 99999999",
            "from 0 to"),
        chat("logit_bias of a word", "\"logit_bias\": {\"cat\": 1}", "invalid_value", "token ids"),
        chat("logit_bias as list", "\"logit_bias\": [5]", "invalid_type", "an object"),
        chat(
            "logit_bias of 301 tokens",
            "\"logit_bias\": {%s}"
                .formatted(
                    IntStream.range(0, 301)
                        .mapToObj(id -> "\"%d\": 1".formatted(id))
                        .collect(Collectors.joining(","))),
            "invalid_value",
            "301 tokens",
            "at most 300"),
        chat("logprobs 3", "\"logprobs\": 3", "invalid_type", "logprobs", "a boolean"),
        chat(
            "top_logprobs 21",
            "\"logprobs\": true, \"top_logprobs\": 21",
            "invalid_value",
            "21",
            "from 0 to 20"),
        chat("top_logprobs alone", "\"top_logprobs\": 2", "invalid_value", "logprobs to be true"),
        chat("max_tokens 0", "\"max_tokens\": 0", "invalid_value", "at least 1"),
        chat("max_tokens 1.5", "\"max_tokens\": 1.5", "invalid_type", "an integer", "1.5"),
        chat(
            "max_tokens over the context",
            "\"max_tokens\": 100000",
            "context_length_exceeded",
            "100000",
            "2048"),
        chat(
            "prompt and max_tokens over",
            "\"max_tokens\": 2048",
            "context_length_exceeded",
            "2048"),
        chat("five stops", "\"stop\": [\"a\",\"b\",\"c\",\"d\",\"e\"]", "invalid_value", "up to 4"),
        chat("n 9", "\"n\": 9", "invalid_value", "n is 9", "from 1 to 8"),
        chat("best_of 2", "\"best_of\": 2", "unsupported_parameter", "best_of"),
        chat("tools", "\"tools\": [{}]", "unsupported_parameter", "tools"),
        chat(
            "unknown field of ours",
            "\"kvasir\": {\"chache\": \"off\"}",
            "unsupported_parameter",
            "chache",
            "only: cache"),
        chat(
            "schema with oneOf",
            "\"response_format\": {\"type\": \"json_schema\", \"json_schema\":"
                + " {\"schema\": {\"properties\": {\"a\": {\"oneOf\": []}}}}}",
            "unsupported_parameter",
            "oneOf",
            "#/properties/a"),
        chat(
            "passage not in the prompt",
            "\"kvasir\": {\"reuse\": \"passages\", \"passages\": [{\"id\": \"d1\", \"text\": \"of other words\"}]}",
            "invalid_value",
            "d1",
            "does not stand in the prompt"),
        chat("cache maybe", "\"kvasir\": {\"cache\": \"maybe\"}", "invalid_value", "off"),
        messages(
            "prompt over the context",
            "[{\"role\": \"user\", \"content\": \"%s\"}]".formatted("word ".repeat(4_000)),
            "context_length_exceeded",
            "2048"));
  }

  @AfterEach
  void servesOn() throws IOException, InterruptedException {
    JsonObject answer = node.client().chat("You are kind.", "Hello", 1);

    assertEquals(1, answer.getJsonObject("usage").getInt("completion_tokens"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void chat_badBody_refused(Case bad) throws IOException, InterruptedException {
    assertRefused(bad.status, bad.code, node.client().post(CHAT, bad.body), words(bad));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void stream_badBody_refusedWithStatus(Case bad) throws IOException, InterruptedException {
    String streamed = bad.body.replaceFirst("\"model\": \"tiny\", ", "$0\"stream\": true, ");

    assertRefused(bad.status, bad.code, node.client().post(CHAT, streamed), words(bad));
  }

  @Test
  void completions_sixLogprobs_refused() throws IOException, InterruptedException {
    String body = "{\"model\": \"tiny\", \"prompt\": \"Hello\", \"logprobs\": 6}";

    assertRefused(
        400, "invalid_value", node.client().post("/v1/completions", body), "6", "from 0 to 5");
  }

  @Test
  void chat_20MegabyteBody_refused() throws IOException, InterruptedException {
    String body =
        "{\"model\": \"tiny\", \"messages\": [{\"role\": \"user\", \"content\": \"%s\"}]}"
            .formatted("a".repeat(20_000_000));

    assertRefused(413, "request_too_large", node.client().post(CHAT, body), "8388608");
  }

  @Test
  void chat_20MegabytesOfUnknownLength_refused() throws IOException, InterruptedException {
    byte[] chunk = "a".repeat(1_000_000).getBytes(StandardCharsets.UTF_8);
    BodyPublisher endless =
        BodyPublishers.ofByteArrays(() -> Stream.generate(() -> chunk).limit(20).iterator());

    assertRefused(
        413, "request_too_large", send("POST", CHAT, "application/json", endless), "8388608");
  }

  @Test
  void chat_brokenUtf8_refused() throws IOException, InterruptedException {
    byte[] body = {'{', '"', 'x', '"', ':', '"', (byte) 0xC3, '(', '"', '}'};

    assertRefused(
        400,
        "invalid_json",
        send("POST", CHAT, "application/json", BodyPublishers.ofByteArray(body)),
        "UTF-8");
  }

  @Test
  void chat_otherContentType_refused() throws IOException, InterruptedException {
    assertRefused(
        415,
        "unsupported_media_type",
        send("POST", CHAT, "text/plain", BodyPublishers.ofString("Hello")),
        "application/json");
  }

  @Test
  void paths_unknownOrWrongMethod_refused() throws IOException, InterruptedException {
    assertRefused(404, "not_found", node.client().get("/v1/nothing"));
    assertRefused(404, "not_found", node.client().get("/nothing"));
    HttpResponse<String> wrongMethod = node.client().get(CHAT);
    assertRefused(405, "method_not_allowed", wrongMethod);
    assertTrue(wrongMethod.headers().firstValue("Allow").orElse("").contains("POST"));
  }

  @Test
  void v1_unknownKey_refused() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(node.uri("/v1/models"))
            .header("Authorization", "Bearer sk-nobody")
            .build();

    assertRefused(401, "invalid_api_key", send(request));
  }

  @Test
  void v1_noKey_served() throws IOException, InterruptedException {
    assertEquals(200, node.client().get("/v1/models").statusCode());
  }

  private static String[] words(Case bad) {
    return bad.words.toArray(String[]::new);
  }

  private HttpResponse<String> send(
      String method, String path, String contentType, BodyPublisher body)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(node.uri(path))
            .header("Content-Type", contentType)
            .method(method, body)
            .build());
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return node.client().http().send(request, BodyHandlers.ofString());
  }

  private static void assertRefused(
      int status, String code, HttpResponse<String> response, String... words) {
    assertEquals(status, response.statusCode(), response.body());
    try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
      JsonObject error = reader.readObject().getJsonObject("error");
      assertEquals(code, error.getString("code"), error::toString);
      assertEquals("invalid_request_error", error.getString("type"));
      assertTrue(error.containsKey("param"), error::toString);
      for (String word : words) {
        assertTrue(error.getString("message").contains(word), word + " in " + error);
      }
    }
  }
}
