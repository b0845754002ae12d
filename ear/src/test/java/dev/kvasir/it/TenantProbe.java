package dev.kvasir.it;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Asks one streamed question in a tenant's name, and takes its time. */
record TenantProbe(KvasirClient client) {
  private static final AtomicInteger PROMPTS = new AtomicInteger();

  /**
   * What the tenant sees of one answer.
   *
   * @param firstTokenNanos from sending to the first event
   * @param kvasir where the prompt's tokens came from
   */
  record Sighting(long firstTokenNanos, JsonObject kvasir) {
    int cachedTokens() {
      return Stream.of("pool", "near", "local", "remote", "disk").mapToInt(kvasir::getInt).sum();
    }

    String requestId() {
      return kvasir.getString("request_id");
    }
  }

  /** A new tenant of a node. */
  static TenantProbe of(KvasirNode node, String id) throws IOException, InterruptedException {
    KvasirClient admin = node.client();
    KvasirClient.expect(201, admin.admin("POST", "/api/tenants", "{\"id\": \"%s\"}".formatted(id)));
    JsonObject made =
        KvasirClient.expect(
            201,
            admin.admin("POST", "/api/tenants/%s/keys".formatted(id), "{\"name\": \"probe\"}"));
    return new TenantProbe(admin.withKey(made.getString("key")));
  }

  /** A prompt of some thousand tokens that nobody has asked. */
  static String newPrompt() {
    return LongNotes.of(770_000 + PROMPTS.getAndIncrement());
  }

  Sighting ask(String notes) throws IOException, InterruptedException {
    String body = KvasirClient.chatBody(notes, "Who lives in Rome?", 1, true);
    long start = System.nanoTime();
    var response =
        client
            .http()
            .send(client.postRequest("/v1/chat/completions", body), BodyHandlers.ofLines());
    if (response.statusCode() != 200) {
      throw new AssertionError("answered %d".formatted(response.statusCode()));
    }
    try (Stream<String> lines = response.body()) {
      Iterator<String> events = lines.iterator();
      String last = events.next();
      long firstTokenNanos = System.nanoTime() - start;
      while (!last.contains("\"kvasir\":{")) {
        last = events.next();
      }
      while (events.hasNext()) {
        events.next(); // to its end, so that the next question finds an idle node
      }
      return new Sighting(firstTokenNanos, report(last));
    }
  }

  private static JsonObject report(String event) {
    try (JsonReader reader =
        Json.createReader(new StringReader(event.substring("data: ".length())))) {
      return reader.readObject().getJsonObject("kvasir");
    }
  }
}
