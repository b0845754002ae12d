package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tenants, their keys and roles on two servers, which are killed at once and started again. Servers
 * of its own, since they die.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
final class TenantsIT {
  private static final Map<String, String> SETTINGS =
      Map.of("KVASIR_HTTP_ANONYMOUS", "off", "KVASIR_LOGIN_FAILURES", "1000");

  @SuppressWarnings("NullAway.Init") // set before all
  private Path data;

  private @Nullable KvasirNode a;
  private @Nullable KvasirNode b;
  private String acmeKey = "";
  private String acmeKeyId = "";
  private String operatorKey = "";

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    data = folder;
    startBoth();
  }

  private void startBoth() throws IOException, InterruptedException {
    KvasirNode first = KvasirNode.start(data, "a", SETTINGS);
    a = first;
    b = KvasirNode.start(data, "b", SETTINGS, "--join", first.clusterAddress());
  }

  @AfterAll
  void stop() {
    for (KvasirNode node : Stream.of(b, a).filter(java.util.Objects::nonNull).toList()) {
      node.close();
    }
  }

  @Test
  @Order(1)
  void key_madeOnOneNode_goodOnTheOther() throws Exception {
    assertEquals(201, post(a(), "/api/tenants", "{\"id\": \"acme\"}").statusCode());
    assertEquals(409, post(a(), "/api/tenants", "{\"id\": \"acme\"}").statusCode());
    assertEquals(400, post(a(), "/api/tenants", "{\"id\": \"../x\"}").statusCode());
    JsonObject app = newKey("acme", "{\"name\": \"app\"}");
    acmeKey = app.getString("key");
    acmeKeyId = app.getJsonObject("about").getString("id");
    operatorKey = newKey("acme", "{\"name\": \"ops\", \"role\": \"operator\"}").getString("key");

    Await.until(5, () -> models(b(), acmeKey) == 200, () -> "b knows the key");
    assertEquals(401, models(b(), acmeKey + "x"));
    assertEquals(403, models(b(), operatorKey));
    assertEquals(401, b().client().get("/v1/models").statusCode(), "a stranger, not let in");
  }

  @Test
  @Order(2)
  void keys_listed_neverShowTheKey() throws Exception {
    String keys = b().client().adminGet("/api/tenants/acme/keys").toString();
    assertTrue(keys.contains(acmeKeyId), keys);
    assertFalse(keys.contains(acmeKey), keys);
    assertEquals(404, b().client().admin("GET", "/api/tenants/none/keys", "").statusCode());
  }

  @Test
  @Order(3)
  void resources_allRoles_asTheyDeclare() throws Exception {
    Map<String, String> headers =
        Map.of(
            "admin",
            a().client().basic(a().adminPassword()),
            "operator",
            "Bearer " + operatorKey,
            "app",
            "Bearer " + acmeKey,
            "wrong key",
            "Bearer sk-kvasir-000000000000-" + "A".repeat(43),
            "wrong password",
            a().client().basic("wrong"),
            "none",
            "");
    List<RoleMatrix.Operation> operations =
        RoleMatrix.operations(a().client().get("/openapi?format=JSON").body());
    assertTrue(operations.size() >= 15, operations::toString);
    for (RoleMatrix.Operation operation : operations) {
      for (Map.Entry<String, String> role : headers.entrySet()) {
        if (operation.isSafeFor(role.getKey())) {
          int status = a().client().send(operation.method(), operation.path(), role.getValue());
          assertEquals(
              operation.admits(role.getKey()),
              status != 401 && status != 403,
              () -> "%s as %s: %d".formatted(operation, role.getKey(), status));
        }
      }
    }
  }

  @Test
  @Order(4)
  void tenants_equalPrompts_shareNothing() throws Exception {
    String notes = LongNotes.of(7);
    JsonObject mine = chat(a(), acmeKey, notes);
    assertTrue(report(mine).getInt("computed") > 500, mine::toString);
    Await.until(30, () -> blocksOf("acme") > 0, () -> "acme's blocks are published");

    JsonObject others = chat(a(), a().tenantKey(), notes);
    assertTrue(report(others).getInt("computed") > 500, others::toString);
    JsonObject again = chat(a(), acmeKey, notes);
    assertTrue(report(again).getInt("pool") > 500, again::toString);
  }

  @Test
  @Order(5)
  @Tag("long")
  void killedAllAtOnce_startedAgain_whatWasSetAndTheAuditAreThere() throws Exception {
    assertEquals(201, post(a(), "/api/groups", "{\"id\": \"lasting\"}").statusCode());
    String member = "/api/groups/lasting/members/acme";
    KvasirClient.expectOk(a().client().admin("PUT", member, ""));
    KvasirClient.expectOk(
        a().client().admin("PUT", member + "/consent", "{\"given_by\": \"its owner\"}"));
    JsonObject group = a().client().adminGet("/api/groups/lasting");
    KvasirClient.expectOk(
        b().client()
            .admin(
                "PUT",
                "/api/alerts/rules/lasting",
                "{\"condition\": \"kvasir_ready below 1 for 30 critical\"}"));
    KvasirClient.expectOk(
        b().client().admin("PUT", "/api/cache/policy", "{\"deadline_ms\": 1234}"));
    ProcessHandle first = a().server();
    ProcessHandle second = b().server();
    assertTrue(first.destroyForcibly() && second.destroyForcibly());
    a().run().awaitExit(30);
    b().run().awaitExit(30);
    startBoth();

    for (KvasirNode node : List.of(a(), b())) {
      assertEquals(200, models(node, acmeKey));
      assertEquals(401, models(node, acmeKey + "x"));
      assertEquals(group, node.client().adminGet("/api/groups/lasting"));
      String rules = node.client().adminGet("/api/alerts/rules").toString();
      assertTrue(rules.contains("below 1 for 30 critical"), rules);
      assertEquals(1234, node.client().adminGet("/api/cache/policy").getInt("deadline_ms"));
      String history = node.client().adminGet("/api/cache/policy/history").toString();
      assertTrue(history.contains("configuration of node a"), history);
      String audit = node.client().adminGet("/api/audit?what=tenants").toString();
      assertTrue(audit.contains("POST /api/tenants/acme/keys"), audit);
      assertTrue(audit.contains("key " + acmeKeyId), audit);
    }
  }

  @Test
  @Order(6)
  void deleteKey_onOneNode_goneOnBoth() throws Exception {
    String key = newKey("acme", "{\"name\": \"short\"}").getString("key");
    String id = key.split("-", -1)[2];
    Await.until(5, () -> models(b(), key) == 200, () -> "b knows the key");
    assertEquals(
        204, b().client().admin("DELETE", "/api/tenants/acme/keys/" + id, "").statusCode());
    assertEquals(401, models(b(), key));
    Await.until(5, () -> models(a(), key) == 401, () -> "a knows it is gone");
  }

  @Test
  @Order(7)
  void deleteTenant_takesKeysAndBlocksWithIt() throws Exception {
    chat(a(), acmeKey, LongNotes.of(8));
    Await.until(30, () -> blocksOf("acme") > 0, () -> "acme's blocks are published");
    long blocks = blocksOf("acme");

    JsonObject removed =
        KvasirClient.expectOk(a().client().admin("DELETE", "/api/tenants/acme", ""));

    assertEquals(2, removed.getInt("keys"), removed::toString);
    assertTrue(removed.getJsonObject("blocks").getInt("grid") >= blocks, removed::toString);
    assertTrue(removed.getJsonObject("blocks").getInt("pool") > 0, removed::toString);
    assertAll(
        () -> assertEquals(401, models(a(), acmeKey)),
        () -> Await.until(5, () -> models(b(), acmeKey) == 401, () -> "b knows it is gone"),
        () -> Await.until(5, () -> blocksOf("acme") == 0, () -> "its blocks are gone"),
        () -> assertEquals(409, post(a(), "/api/tenants", "{\"id\": \"acme\"}").statusCode()));
  }

  @Test
  @Order(8)
  void audit_asCsv_hasNoKey() throws Exception {
    HttpResponse<String> csv = a().client().admin("GET", "/api/audit?format=csv&limit=1000", "");
    assertEquals(200, csv.statusCode(), csv.body());
    assertTrue(csv.body().startsWith("\"id\",\"when\",\"who\""), csv.body());
    assertTrue(csv.body().contains("DELETE /api/tenants/acme"), csv.body());
    assertFalse(csv.body().contains(acmeKey), csv.body());
    assertFalse(Files.readString(a().directory().resolve("logs/messages.log")).contains(acmeKey));
  }

  private JsonObject newKey(String tenant, String body) throws Exception {
    HttpResponse<String> made = post(a(), "/api/tenants/" + tenant + "/keys", body);
    assertEquals(201, made.statusCode(), made.body());
    return KvasirClient.read(made);
  }

  private static HttpResponse<String> post(KvasirNode node, String path, String body)
      throws Exception {
    return node.client().admin("POST", path, body);
  }

  private static int models(KvasirNode node, String key) throws Exception {
    return node.client().send("GET", "/v1/models", "Bearer " + key);
  }

  private static JsonObject chat(KvasirNode node, String key, String notes) throws Exception {
    return node.client().withKey(key).chat(notes, "Where does Paul live?", 2);
  }

  private static JsonObject report(JsonObject completion) {
    return completion.getJsonObject("kvasir");
  }

  private long blocksOf(String tenant) throws Exception {
    TreeSet<String> hashes = new TreeSet<>();
    for (JsonValue block :
        b().client().adminGet("/api/cache/blocks?limit=1000").getJsonArray("blocks")) {
      if (block.asJsonObject().getString("tenant").equals(tenant)) {
        hashes.add(block.asJsonObject().getString("hash"));
      }
    }
    return hashes.size();
  }

  private KvasirNode a() {
    return java.util.Objects.requireNonNull(a);
  }

  private KvasirNode b() {
    return java.util.Objects.requireNonNull(b);
  }
}
