package dev.kvasir.cache.ejb;

import dev.kvasir.cache.alerts.AlertEvent;
import jakarta.json.Json;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells an address of each alert that begins or ends, by one POST of JSON, without waiting. */
final class Webhook implements Consumer<AlertEvent> {
  private static final Logger LOG = System.getLogger(Webhook.class.getName());
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int FIRST_FAILURE = 300;

  private final String node;
  private final URI address;
  private final HttpClient client;

  Webhook(String node, URI address, Executor executor) {
    this.node = node;
    this.address = address;
    client = HttpClient.newBuilder().connectTimeout(TIMEOUT).executor(executor).build();
  }

  /**
   * Reads an address; empty for none.
   *
   * @throws IllegalArgumentException if it is none of HTTP
   */
  static String check(String address) {
    if (!address.isEmpty()) {
      String scheme = String.valueOf(URI.create(address).getScheme());
      if (!scheme.equals("http") && !scheme.equals("https")) {
        throw new IllegalArgumentException("it must begin with http:// or https://");
      }
    }
    return address;
  }

  @Override
  public void accept(AlertEvent event) {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body(event)))
            .build();
    CompletableFuture<HttpResponse<Void>> unused =
        client.sendAsync(request, BodyHandlers.discarding()).whenComplete(this::told);
  }

  private String body(AlertEvent event) {
    return Json.createObjectBuilder()
        .add("node", node)
        .add("rule", event.rule().name())
        .add("state", event.firing() ? "firing" : "resolved")
        .add("severity", event.rule().severity().name().toLowerCase(Locale.ROOT))
        .add("condition", event.rule().condition())
        .add("value", Double.isFinite(event.value()) ? event.value() : 0)
        .add("at", event.at().toString())
        .build()
        .toString();
  }

  private void told(@Nullable HttpResponse<Void> answer, @Nullable Throwable failure) {
    if (answer == null || answer.statusCode() >= FIRST_FAILURE) {
      LOG.log(
          Level.WARNING,
          "KVASIR1009: an alert was not taken by {0} ({1}); it stands on the page Alerts",
          address,
          answer == null ? String.valueOf(failure) : "status " + answer.statusCode());
    }
  }
}
