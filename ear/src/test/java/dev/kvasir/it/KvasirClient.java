package dev.kvasir.it;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Speaks HTTP with a node: {@code /v1} with a tenant's key, {@code /api} as the administrator. */
final class KvasirClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;
  private final String tenantKey;
  private final String adminUser;
  private final String adminBasic;

  KvasirClient(URI base, String tenantKey, String adminUser, String adminPassword) {
    this.base = base;
    this.tenantKey = tenantKey;
    this.adminUser = adminUser;
    this.adminBasic = basic(adminPassword);
  }

  private KvasirClient(KvasirClient other, String tenantKey) {
    this.base = other.base;
    this.tenantKey = tenantKey;
    this.adminUser = other.adminUser;
    this.adminBasic = other.adminBasic;
  }

  /** The same, but for the tenant's key. */
  KvasirClient withKey(String key) {
    return new KvasirClient(this, key);
  }

  /** The administrator's {@code Authorization} with a password, be it a wrong one. */
  String basic(String password) {
    byte[] login = (adminUser + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(login);
  }

  /** Status of a request with an empty object as its body, if it has one. */
  int send(String method, String path, String authorization)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/json")
            .method(
                method,
                method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}"));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return http.send(request.build(), BodyHandlers.ofString()).statusCode();
  }

  /** Asks a chat question, greedily; the whole response. */
  JsonObject chat(String system, String user, int maxTokens)
      throws IOException, InterruptedException {
    return expectOk(post("/v1/chat/completions", chatBody(system, user, maxTokens, false)));
  }

  /** The body of {@link #chat}. */
  static String chatBody(String system, String user, int maxTokens, boolean stream) {
    return Json.createObjectBuilder()
        .add("model", "default")
        .add("temperature", 0)
        .add("max_tokens", maxTokens)
        .add("stream", stream)
        .add(
            "messages",
            Json.createArrayBuilder().add(message("system", system)).add(message("user", user)))
        .build()
        .toString();
  }

  private static JsonObject message(String role, String content) {
    return Json.createObjectBuilder().add("role", role).add("content", content).build();
  }

  /** The answer's text. */
  static String text(JsonObject completion) {
    return completion
        .getJsonArray("choices")
        .getJsonObject(0)
        .getJsonObject("message")
        .getString("content");
  }

  HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
    return http.send(postRequest(path, json), BodyHandlers.ofString());
  }

  /** A request of the tenant's, to send in one's own way. */
  HttpRequest postRequest(String path, String json) {
    return request(path)
        .header("Authorization", "Bearer " + tenantKey)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(json))
        .build();
  }

  HttpClient http() {
    return http;
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(request(path).GET().build(), BodyHandlers.ofString());
  }

  /** What the tenant's key gets. */
  HttpResponse<String> getAsTenant(String path) throws IOException, InterruptedException {
    return http.send(
        request(path).header("Authorization", "Bearer " + tenantKey).GET().build(),
        BodyHandlers.ofString());
  }

  /** A request of the administrator's. */
  HttpResponse<String> admin(String method, String path, String json)
      throws IOException, InterruptedException {
    return http.send(
        request(path)
            .header("Authorization", adminBasic)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(json))
            .build(),
        BodyHandlers.ofString());
  }

  /** As {@link #admin}, if what is there still has the ETag. */
  HttpResponse<String> adminIfMatch(String method, String path, String json, String etag)
      throws IOException, InterruptedException {
    return http.send(
        request(path)
            .header("Authorization", adminBasic)
            .header("Content-Type", "application/json")
            .header("If-Match", etag)
            .method(method, BodyPublishers.ofString(json))
            .build(),
        BodyHandlers.ofString());
  }

  /** What an administrator reads. */
  JsonObject adminGet(String path) throws IOException, InterruptedException {
    return expectOk(admin("GET", path, ""));
  }

  /** Blocks of the engine's pool that sequences hold now. */
  int usedBlocks() throws IOException, InterruptedException {
    return adminGet("/api/cache/stats").getJsonObject("pool").getInt("used_blocks");
  }

  /**
   * A value of /metrics.
   *
   * @param tag text among its tags, such as {@code reason="no_slot"}
   */
  long metric(String name, String tag) throws IOException, InterruptedException {
    Pattern line = Pattern.compile("(?m)^%s\\{[^}]*%s[^}]*} ([0-9.E]+)$".formatted(name, tag));
    Matcher value = line.matcher(get("/metrics").body());
    if (!value.find()) {
      throw new AssertionError("/metrics has no %s with %s".formatted(name, tag));
    }
    return (long) Double.parseDouble(value.group(1));
  }

  /** The body of a response that must be 200. */
  static JsonObject expectOk(HttpResponse<String> response) {
    return expect(200, response);
  }

  /** The body of a response that must have this status. */
  static JsonObject expect(int status, HttpResponse<String> response) {
    if (response.statusCode() != status) {
      throw new AssertionError(
          "%s answered %d: %s".formatted(response.uri(), response.statusCode(), response.body()));
    }
    return read(response);
  }

  /** A response's body. */
  static JsonObject read(HttpResponse<String> response) {
    try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
      return reader.readObject();
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT);
  }
}
