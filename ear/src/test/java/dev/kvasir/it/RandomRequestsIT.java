package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random requests to every operation that /openapi lists: none is answered with 500, and each is
 * answered. The seed is fixed, and stands in the message of a failure.
 */
@Tag("long")
final class RandomRequestsIT {
  private static final long SEED = 4821;
  private static final int ROUNDS = 60;
  private static final Duration MOST_TIME = Duration.ofSeconds(60);
  private static final Duration ANSWER_TIME = Duration.ofSeconds(20);

  /** Without one of these an answer may be as long as the context. */
  private static final List<String> LENGTHS =
      List.of("max_tokens", "max_completion_tokens", "max_output_tokens");

  private final Random random = new Random(SEED);
  private final RandomJson json = new RandomJson(random);

  @TempDir Path data;

  @Test
  void operations_randomRequests_neverFailNorHang() throws Exception {
    Path tiny = Path.of(System.getProperty("kvasir.root", ".."), "models/tiny");
    try (KvasirNode node = KvasirNode.start(data, "random", "--model", tiny.toString())) {
      List<ApiDocument.Call> calls = ApiDocument.of(node).calls();
      assertTrue(calls.size() > 10, calls::toString);
      long end = System.nanoTime() + MOST_TIME.toNanos();
      int asked = 0;
      for (int round = 0; round < ROUNDS && System.nanoTime() < end; round++) {
        for (ApiDocument.Call call : calls) {
          ask(node, call);
          asked++;
        }
      }
      assertTrue(asked >= 5 * calls.size(), "only %d requests in a minute".formatted(asked));
      assertEquals(200, node.client().get("/health/ready").statusCode());
      node.client().chat("Be kind.", "Hello", 1);
      assertEquals(0, node.client().usedBlocks());
    }
  }

  private void ask(KvasirNode node, ApiDocument.Call call) throws Exception {
    Schema<?> schema = call.bodySchema();
    String body = schema == null ? "" : body(schema);
    HttpRequest request =
        HttpRequest.newBuilder(node.uri(address(call)))
            .timeout(ANSWER_TIME)
            .header("Authorization", authorization(node, call.path()))
            .header("Content-Type", "application/json")
            .method(call.method().name(), BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response;
    try {
      response = node.client().http().send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(about(call, body), e);
    }
    assertTrue(
        response.statusCode() < 500 || response.statusCode() == 503,
        () -> about(call, body) + " answered " + response.statusCode() + " " + response.body());
    assertTrue(
        !response.body().contains("internal_error"), () -> about(call, body) + response.body());
  }

  private static String about(ApiDocument.Call call, String body) {
    return "seed %d: %s with %s".formatted(SEED, call, body);
  }

  private String body(Schema<?> schema) {
    JsonValue value = json.of(schema);
    if (!(value instanceof JsonObject object)) {
      return value.toString();
    }
    JsonObjectBuilder bounded = Json.createObjectBuilder(object);
    if (random.nextInt(4) > 0) { // else nearly every request ends at its model
      bounded.add("model", "default");
    }
    for (String length : LENGTHS) {
      if (schema.getProperties().containsKey(length)) {
        bounded.add(length, 1 + random.nextInt(3));
      }
    }
    return bounded.build().toString();
  }

  private String address(ApiDocument.Call call) {
    String path = call.path().replaceAll("\\{[^}]*}", encoded(json.text()));
    StringBuilder query = new StringBuilder();
    List<Parameter> parameters = call.operation().getParameters();
    for (Parameter parameter : parameters == null ? List.<Parameter>of() : parameters) {
      if (parameter.getIn().equals("query") && random.nextBoolean()) {
        query.append(query.isEmpty() ? '?' : '&');
        query.append(parameter.getName()).append('=').append(encoded(json.text()));
      }
    }
    return path + query;
  }

  /** Without what the server refuses before any application sees it. */
  private static String encoded(String text) {
    return URLEncoder.encode(
        text.replace("\0", "").replace("/", "").replace("\ud800", ""), StandardCharsets.UTF_8);
  }

  private static String authorization(KvasirNode node, String path) {
    if (!path.startsWith("/api/")) {
      return "Bearer " + node.tenantKey();
    }
    byte[] login = (node.adminUser() + ":" + node.adminPassword()).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(login);
  }
}
