package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The resources for administrators, the probes, and who gets in. */
@ExtendWith(KvasirCluster.Shared.class)
final class AdministrationIT {
  private static final String POLICY = "/api/cache/policy";

  private final KvasirNode node;

  AdministrationIT(KvasirCluster cluster) throws IOException, InterruptedException {
    node = cluster.a();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/cache/stats",
        "/api/cache/policy",
        "/api/cache/blocks",
        "/api/cluster",
        "/api;v=1/cache/stats",
        "/api/cache/stats;v=1"
      })
  void api_noOrWrongCredentials_refusedWithBody(String path)
      throws IOException, InterruptedException {
    HttpResponse<String> nobody = node.client().get(path);
    HttpResponse<String> wrong = as(node.adminUser(), "wrong", path);
    HttpResponse<String> key = send(path, "Bearer " + node.tenantKey());

    assertEquals(403, key.statusCode(), key.body());
    assertTrue(key.body().contains("\"not_allowed\""), key.body());
    for (HttpResponse<String> refusal : List.of(nobody, wrong)) {
      assertEquals(401, refusal.statusCode(), refusal.body());
      assertTrue(refusal.body().contains("\"invalid_credentials\""), refusal.body());
      assertTrue(refusal.headers().firstValue("WWW-Authenticate").orElse("").contains("Basic"));
    }
  }

  @Test
  void drain_untilUndone_refusesNewRequestsAndIsNotReady()
      throws IOException, InterruptedException {
    String chat = KvasirClient.chatBody("Be kind.", "Hello", 1, false);
    try {
      JsonObject state =
          KvasirClient.expectOk(node.client().admin("POST", "/api/cluster/drain", ""));
      assertTrue(state.getBoolean("draining"), state::toString);

      HttpResponse<String> refusal = node.client().post("/v1/chat/completions", chat);
      assertEquals(503, refusal.statusCode(), refusal.body());
      assertEquals("10", refusal.headers().firstValue("Retry-After").orElse(""));
      assertTrue(refusal.body().contains("node a is being drained"), refusal.body());
      HttpResponse<String> ready = node.client().get("/health/ready");
      assertEquals(503, ready.statusCode());
      assertTrue(ready.body().contains("the node is being drained"), ready.body());
    } finally {
      node.client().admin("DELETE", "/api/cluster/drain", "");
    }
    assertFalse(node.client().adminGet("/api/cluster/drain").getBoolean("draining"));
    assertEquals(200, node.client().post("/v1/chat/completions", chat).statusCode());
    assertEquals(200, node.client().get("/health/ready").statusCode());
  }

  @Test
  void stats_afterRequest_countIt() throws IOException, InterruptedException {
    JsonObject before = node.client().adminGet("/api/cache/stats");

    node.client().chat("Be kind.", "Hello", 1);

    JsonObject after = node.client().adminGet("/api/cache/stats");
    assertEquals("a", after.getString("node"));
    assertTrue(total(after) > total(before), after::toString);
  }

  @Test
  void policy_partialChange_othersStay() throws IOException, InterruptedException {
    JsonObject before = node.client().adminGet("/api/cache/policy");
    try {
      HttpResponse<String> answer =
          node.client().admin("PUT", "/api/cache/policy", "{\"deadline_ms\": 4321}");

      JsonObject changed = KvasirClient.expectOk(answer);
      assertEquals(4321, changed.getInt("deadline_ms"));
      assertEquals(before.getString("eviction"), changed.getString("eviction"));
      assertEquals(before.getJsonNumber("budget_bytes"), changed.getJsonNumber("budget_bytes"));
      assertEquals(changed, node.client().adminGet("/api/cache/policy"));
    } finally {
      node.client().admin("PUT", "/api/cache/policy", before.toString());
    }
    assertEquals(before, node.client().adminGet("/api/cache/policy"));
  }

  @Test
  void policy_twoAdministrators_theSlowerOneIsToldAndTheHistoryHasBoth()
      throws IOException, InterruptedException {
    String seen = etag(node.client().admin("GET", POLICY, ""));
    HttpResponse<String> first =
        node.client().adminIfMatch("PUT", POLICY, "{\"admission\": \"frequency\"}", seen);
    HttpResponse<String> second =
        node.client().adminIfMatch("PUT", POLICY, "{\"ttl_seconds\": 900}", seen);

    assertEquals("frequency", KvasirClient.expectOk(first).getString("admission"));
    assertEquals(412, second.statusCode(), second.body());
    assertTrue(second.body().contains("\"settings_changed\""), second.body());
    assertEquals(etag(first), etag(second));
    assertEquals(0, node.client().adminGet(POLICY).getInt("ttl_seconds"));

    JsonObject change =
        node.client().adminGet(POLICY + "/history").getJsonArray("versions").getJsonObject(0);
    assertEquals("{\"admission\":\"always\"}", change.getJsonObject("before").toString());
    assertEquals("{\"admission\":\"frequency\"}", change.getJsonObject("after").toString());
    assertEquals(etag(first), change.getString("etag"));
    HttpResponse<String> reverted =
        node.client()
            .admin(
                "POST",
                POLICY + "/revert",
                "{\"version\": %d}".formatted(change.getInt("version") - 1));
    assertEquals("always", KvasirClient.expectOk(reverted).getString("admission"));
    assertEquals(
        404, node.client().admin("POST", POLICY + "/revert", "{\"version\": 99999}").statusCode());
  }

  @Test
  void limits_ofATenant_setVersionedAndTakenAway() throws IOException, InterruptedException {
    String limits = "/api/cache/tenants/acme%20inc/limits";
    String seen = etag(node.client().admin("GET", POLICY, ""));
    HttpResponse<String> set =
        node.client().adminIfMatch("PUT", limits, "{\"quota_bytes\": 5000000}", seen);

    assertEquals(5_000_000, KvasirClient.expectOk(set).getInt("quota_bytes"));
    assertEquals(412, node.client().adminIfMatch("DELETE", limits, "", seen).statusCode());
    assertEquals(400, node.client().admin("PUT", limits, "{\"quota_bytes\": -1}").statusCode());
    JsonObject change =
        node.client().adminGet(POLICY + "/history").getJsonArray("versions").getJsonObject(0);
    assertEquals(
        "{\"tenants.acme inc.quota_bytes\":\"5000000\"}", change.getJsonObject("after").toString());

    assertEquals("{}", node.client().admin("DELETE", limits, "").body());
    assertEquals("{}", node.client().adminGet(limits).toString());
  }

  @Test
  void parameters_ofEveryPolicy_haveBounds() throws IOException, InterruptedException {
    String parameters = node.client().adminGet(POLICY + "/parameters").toString();
    assertTrue(
        parameters.contains("{\"name\":\"small_percent\",\"standard\":10,\"min\":1,\"max\":50,"),
        parameters);
  }

  private static String etag(HttpResponse<String> response) {
    return response.headers().firstValue("ETag").orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lru",
        "lfu",
        "fifo",
        "slru",
        "s3_fifo",
        "sieve",
        "arc",
        "w_tinylfu",
        "gdsf",
        "cost",
        "reuse"
      })
  void policy_everyEviction_inForceAtOnceAndServes(String eviction)
      throws IOException, InterruptedException {
    JsonObject before = node.client().adminGet("/api/cache/policy");
    try {
      HttpResponse<String> answer =
          node.client()
              .admin("PUT", "/api/cache/policy", "{\"eviction\": \"%s\"}".formatted(eviction));

      assertEquals(eviction, KvasirClient.expectOk(answer).getString("eviction"));
      node.client().chat("Be kind.", "Hello", 1);
    } finally {
      node.client().admin("PUT", "/api/cache/policy", before.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"eviction\": \"random\"}",
        "{\"load\": 1}",
        "{\"budget_bytes\": 5}",
        "{\"budget_bytes\": 2097152, \"evict_stop_percent\": 101}",
        "{\"parameters\": {\"sample\": 1}}",
        "{\"unknown\": 5}",
        "{",
        "[]"
      })
  void policy_badChange_refusedAndNothingChanged(String body)
      throws IOException, InterruptedException {
    JsonObject before = node.client().adminGet("/api/cache/policy");

    HttpResponse<String> answer = node.client().admin("PUT", "/api/cache/policy", body);

    assertEquals(400, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains("\"invalid_request_error\""), answer.body());
    assertEquals(before, node.client().adminGet("/api/cache/policy"));
  }

  @Test
  void policy_idempotencyKey_sameAnswerOrRefusal() throws IOException, InterruptedException {
    JsonObject before = node.client().adminGet("/api/cache/policy");
    String key = UUID.randomUUID().toString();
    try {
      HttpResponse<String> first = change(key, "{\"deadline_ms\": 4321}");
      node.client().admin("PUT", "/api/cache/policy", "{\"deadline_ms\": 99}");
      HttpResponse<String> again = change(key, "{\"deadline_ms\": 4321}");
      HttpResponse<String> other = change(key, "{\"deadline_ms\": 1}");

      assertEquals(KvasirClient.expectOk(first), KvasirClient.expectOk(again));
      assertEquals("true", again.headers().firstValue("Idempotency-Replayed").orElse(""));
      assertEquals(99, node.client().adminGet("/api/cache/policy").getInt("deadline_ms"));
      assertEquals(422, other.statusCode(), other.body());
      assertEquals(400, change("two words", "{}").statusCode());
    } finally {
      node.client().admin("PUT", "/api/cache/policy", before.toString());
    }
  }

  private HttpResponse<String> change(String key, String body)
      throws IOException, InterruptedException {
    byte[] login = (node.adminUser() + ":" + node.adminPassword()).getBytes(StandardCharsets.UTF_8);
    return node.client()
        .http()
        .send(
            HttpRequest.newBuilder(node.uri("/api/cache/policy"))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .PUT(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
  }

  @Test
  void blocks_pages_allOnce() throws Exception {
    node.client().chat("Be kind to all who ask, whatever they ask. ".repeat(30), "Hello", 1);

    Await.until(30, () -> !page("?limit=1").isEmpty(), () -> "the answer's blocks are published");
    int blocks = 0;
    for (int i = 0; i < 16; i++) { // few at a time, as others come and go
      String digit = Integer.toHexString(i);
      Await.until(
          30,
          () -> page("?limit=1000&prefix=" + digit).equals(paged(digit)),
          () -> "the pages of %s are not the whole".formatted(digit));
      blocks += paged(digit).size();
    }
    assertTrue(blocks > 2, "%d blocks".formatted(blocks));
  }

  private List<String> page(String query) throws IOException, InterruptedException {
    return hashes(node.client().adminGet("/api/cache/blocks" + query).getJsonArray("blocks"));
  }

  /** Hashes that begin with a digit, read two at a time. */
  private List<String> paged(String digit) throws IOException, InterruptedException {
    List<String> paged = new ArrayList<>();
    String next = "";
    do {
      JsonObject page =
          node.client()
              .adminGet("/api/cache/blocks?limit=2&prefix=%s&cursor=%s".formatted(digit, next));
      paged.addAll(hashes(page.getJsonArray("blocks")));
      next = page.getString("next");
    } while (!next.isEmpty());
    return paged;
  }

  private static List<String> hashes(List<JsonValue> blocks) {
    return blocks.stream().map(block -> block.asJsonObject().getString("hash")).toList();
  }

  @Test
  void errors_outsideV1_areProblems() throws IOException, InterruptedException {
    for (HttpResponse<String> refusal :
        List.of(
            node.client().get("/api/cache/stats"),
            node.client().get("/nothing"),
            node.client().admin("GET", "/api/cache/blocks?limit=0", ""))) {
      assertEquals(
          "application/problem+json",
          refusal.headers().firstValue("Content-Type").orElse("").split(";", 2)[0]);
      try (JsonReader reader = Json.createReader(new StringReader(refusal.body()))) {
        JsonObject problem = reader.readObject();
        assertEquals(refusal.statusCode(), problem.getInt("status"));
        assertEquals(
            problem.getString("detail"), problem.getJsonObject("error").getString("message"));
        assertEquals(refusal.uri().getPath(), problem.getString("instance"));
      }
    }
    assertEquals(
        "application/json",
        node.client()
            .get("/v1/nothing")
            .headers()
            .firstValue("Content-Type")
            .orElse("")
            .split(";", 2)[0]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/cache/blocks?cursor=abc",
        "/api/cache/blocks?prefix=xyz",
        "/api/cache/blocks?limit=0",
        "/api/cache/blocks?limit=many"
      })
  void blocks_badQuery_refused(String path) throws IOException, InterruptedException {
    assertEquals(400, node.client().admin("GET", path, "").statusCode());
  }

  @Test
  void pin_textShorterThanABlock_saysWhyNothingIsPinned() throws IOException, InterruptedException {
    JsonObject answer =
        KvasirClient.expectOk(
            node.client().admin("POST", "/api/cache/pins", "{\"text\": \"Be kind.\"}"));

    assertEquals(0, answer.getInt("blocks"));
    assertTrue(answer.getString("reason").contains("only whole blocks are cached"));
  }

  @Test
  void clear_noTier_saysWhichThereAre() throws IOException, InterruptedException {
    HttpResponse<String> answer = node.client().admin("DELETE", "/api/cache", "");

    assertEquals(400, answer.statusCode());
    assertTrue(answer.body().contains("pool, near, disk, all"), answer.body());
  }

  @Test
  void cluster_thisNode_isLocalMember() throws IOException, InterruptedException {
    JsonObject cluster = node.client().adminGet("/api/cluster");

    assertEquals("a", cluster.getString("node"));
    assertTrue(
        cluster.getJsonArray("members").stream()
            .map(member -> member.asJsonObject())
            .anyMatch(member -> member.getBoolean("local") && member.getString("name").equals("a")),
        cluster::toString);
  }

  @Test
  void health_running_upWithData() throws IOException, InterruptedException {
    for (String probe : new String[] {"", "/live", "/ready", "/started"}) {
      HttpResponse<String> answer = node.client().get("/health" + probe);
      assertEquals(200, answer.statusCode(), answer.body());
      assertFalse(answer.body().contains("DOWN"), answer.body());
    }
    assertTrue(node.client().get("/health/ready").body().contains("\"id\":\"tiny\""));
  }

  @Test
  void openapi_describesPathsAndBodies() throws IOException, InterruptedException {
    String document = node.client().get("/openapi").body();

    assertTrue(document.startsWith("---\nopenapi: 3."), document);
    for (String part :
        new String[] {
          "/v1/chat/completions:",
          "/v1/models:",
          "/api/cache/policy:",
          "/tokenize:",
          "/detokenize:",
          "add_special_tokens:",
          "ErrorBody",
          "max_tokens:",
          "budget_bytes:"
        }) {
      assertTrue(document.contains(part), part);
    }
  }

  private static int total(JsonObject stats) {
    return stats.getJsonObject("requests").getInt("total");
  }

  private HttpResponse<String> as(String user, String password, String path)
      throws IOException, InterruptedException {
    byte[] login = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return send(path, "Basic " + Base64.getEncoder().encodeToString(login));
  }

  private HttpResponse<String> send(String path, String authorization)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(node.uri(path)).header("Authorization", authorization).build();
    return node.client().http().send(request, BodyHandlers.ofString());
  }
}
