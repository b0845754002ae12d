package dev.kvasir.bench.soak;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Properties;

/** Speaks HTTP with a node, as its tenant and as its administrator. */
final class NodeClient {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;
  private final String tenant;
  private final String administrator;

  /**
   * @param credentials the node's file of that name
   */
  NodeClient(URI base, Properties credentials) {
    this.base = base;
    tenant = "Bearer " + credentials.getProperty("tenant.default.key");
    String login =
        credentials.getProperty("admin.user") + ":" + credentials.getProperty("admin.password");
    administrator =
        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a request of the tenant's; the response, whatever its status. */
  HttpResponse<String> ask(String path, String body) throws IOException {
    return send(request(path, tenant).POST(BodyPublishers.ofString(body)).build());
  }

  /** What an administrator's request answers; it must be 200. */
  JsonObject administer(String method, String path, String body) throws IOException {
    HttpResponse<String> response =
        send(
            request(path, administrator)
                .method(
                    method,
                    body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build());
    if (response.statusCode() != 200) {
      throw new IOException(
          "%s %s answers %d: %s".formatted(method, path, response.statusCode(), response.body()));
    }
    return JsonParser.parseString(response.body()).getAsJsonObject();
  }

  private HttpRequest.Builder request(String path, String authorization) {
    return HttpRequest.newBuilder(base.resolve(path))
        .timeout(PATIENCE)
        .header("Authorization", authorization)
        .header("Content-Type", "application/json");
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a node was asked");
    }
  }
}
