package dev.kvasir.it;

import static dev.kvasir.it.GridClients.ask;
import static dev.kvasir.it.GridClients.clear;
import static dev.kvasir.it.GridClients.report;
import static dev.kvasir.it.GridClients.stats;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two servers that are clients of a member which bin/grid runs: the cache is the member's, so it
 * outlives the servers, and they outlive it.
 */
@Tag("long")
@Timeout(900)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
final class GridClientIT {
  private static final int ENOUGH_TOKENS = 900;
  private static final int BLOCK_TOKENS = 64;
  private static final int MIN_BUDGET_BYTES = 1 << 20;
  private static final int MAX_ROUNDS = 40;

  @SuppressWarnings("NullAway.Init") // set before all
  private GridClients nodes;

  private String expected = ""; // the answer

  @BeforeAll
  void begin(@TempDir Path data) throws Exception {
    nodes = new GridClients(data);
  }

  @AfterAll
  void stop() {
    nodes.close();
  }

  @Test
  @Order(1)
  void start_noMember_servesReadyAndSaysWhatIsMissing() throws Exception {
    nodes.startB();

    KvasirNode b = nodes.b();
    assertTrue(b.run().output().contains("KVASIR3010"), b.run()::output);
    assertReadyWithoutGrid(b);
    JsonObject cluster = b.client().adminGet("/api/cluster");
    assertEquals("client_server", cluster.getString("topology"));
    assertEquals(List.of(), cluster.getJsonArray("members"));
    expected = KvasirClient.text(ask(b));
    assertEquals(0, GridClients.published(b));
    assertEquals(503, b.client().admin("POST", "/api/tenants", "{\"id\": \"early\"}").statusCode());
  }

  @Test
  @Order(2)
  void chat_memberCame_blocksOfOneServerAreRemoteForTheOther() throws Exception {
    nodes.startGrid();
    nodes.startA();
    KvasirClient b = nodes.b().client();
    Await.until(
        30,
        () -> b.adminGet("/api/cluster").getJsonArray("clients").size() == 2,
        () -> "b reaches the grid by itself");
    JsonObject cluster = b.adminGet("/api/cluster");
    assertEquals("grid", cluster.getJsonArray("members").getJsonObject(0).getString("name"));
    assertEquals(1, cluster.getJsonArray("members").size());

    assertEquals(expected, KvasirClient.text(ask(nodes.a())));
    GridClients.awaitPublished(nodes.a(), ENOUGH_TOKENS);
    clear(nodes.b(), "pool");
    assertRemote(ask(nodes.b()));
  }

  @Test
  @Order(3)
  void chat_serverRestarted_findsTheCacheWarm() throws Exception {
    nodes.a().close();
    nodes.startA();

    assertRemote(ask(nodes.a()));
  }

  @Test
  @Order(4)
  void evict_clientsFillTheMember_pinnedBlocksStay() throws Exception {
    KvasirNode b = nodes.b();
    int pinned =
        KvasirClient.expectOk(
                b.client()
                    .admin(
                        "POST",
                        "/api/cache/pins",
                        "{\"hash\": \"%s\"}".formatted(nodes.deepestBlock())))
            .getInt("blocks");
    assertTrue(pinned >= ENOUGH_TOKENS / BLOCK_TOKENS, () -> "pinned " + pinned);
    long few = Math.max(MIN_BUDGET_BYTES, 30 * nodes.blockBytes());
    nodes.changePolicy("{\"budget_bytes\": %d}".formatted(few));

    for (int round = 0; round < MAX_ROUNDS && GridClients.evicted(b) == 0; round++) {
      b.client().chat(LongNotes.of(100 + round), "Where?", 1);
      GridClients.awaitQueueEmpty(b);
    }

    Await.until(10, () -> GridClients.evicted(nodes.a()) > 0, () -> "a heard of it, too");
    clear(b, "pool");
    clear(b, "near");
    assertRemote(ask(b));
    nodes.changePolicy("{\"budget_bytes\": %d}".formatted(1L << 30));
  }

  @Test
  @Order(5)
  void tenant_hasAQuotaAndIsDeleted_onBothServers() throws Exception {
    KvasirClient a = nodes.a().client();
    KvasirClient b = nodes.b().client();
    assertEquals(201, a.admin("POST", "/api/tenants", "{\"id\": \"acme\"}").statusCode());
    String key =
        KvasirClient.read(a.admin("POST", "/api/tenants/acme/keys", "{\"name\": \"x\"}"))
            .getString("key");
    Await.until(
        15, () -> b.send("GET", "/v1/models", "Bearer " + key) == 200, () -> "b knows the key");
    long blockBytes = nodes.blockBytes();
    KvasirClient.expectOk(
        a.admin(
            "PUT",
            "/api/cache/tenants/acme/limits",
            "{\"quota_bytes\": %d}".formatted(3 * blockBytes + blockBytes / 2)));

    GridClients.askOther(b.withKey(key), 1);
    Await.until(30, () -> nodes.countBlocksOf("acme") == 3, () -> "the quota is full");
    GridClients.awaitQueueEmpty(nodes.b());
    assertEquals(3, nodes.countBlocksOf("acme"));

    JsonObject gone = KvasirClient.expectOk(a.admin("DELETE", "/api/tenants/acme", ""));
    assertEquals(3, gone.getJsonObject("blocks").getInt("grid"), gone::toString);
    assertTrue(gone.getJsonObject("blocks").getInt("pool") > 0, gone::toString);
    Await.until(10, () -> nodes.countBlocksOf("acme") == 0, () -> "b knows its blocks are gone");
    assertEquals(
        0, stats(nodes.b()).getJsonObject("pool").getInt("cached_blocks"), "b's pool, too");
    Await.until(
        15,
        () -> b.send("GET", "/v1/models", "Bearer " + key) == 401,
        () -> "b knows the key is gone");
  }

  @Test
  @Order(6)
  void chat_memberKilledAndBack_missesThenHitsAgain() throws Exception {
    KvasirNode a = nodes.a();
    KvasirNode b = nodes.b();
    JsonObject before = ask(a);
    assertTrue(report(before).getInt("computed") < BLOCK_TOKENS * 2, before::toString);
    nodes.grid().kill();
    clear(a, "pool");
    clear(a, "near");
    JsonObject alone = ask(a);
    assertEquals(0, report(alone).getInt("remote"), alone::toString);
    assertEquals(expected, KvasirClient.text(alone));
    assertReadyWithoutGrid(a);

    nodes.startGrid();
    Await.until(
        90,
        () -> {
          clear(a, "pool");
          clear(b, "pool");
          clear(b, "near");
          ask(a); // publishes, until the blocks are there again
          return report(ask(b)).getInt("remote") >= ENOUGH_TOKENS;
        },
        () -> "hits again, now that the member is back");
    assertEquals(expected, KvasirClient.text(ask(b)));
    nodes.grid().ask();
    assertEquals(0, nodes.grid().awaitExit(30), nodes.grid()::output);
  }

  @Test
  @Order(7)
  void chat_everythingRestarted_takenFromDisk() throws Exception {
    nodes.a().close();
    nodes.b().close();
    nodes.startGrid();
    nodes.startA();
    KvasirNode a = nodes.a();
    Await.until(
        30,
        () -> stats(a).getJsonObject("disk").getString("state").equals("ready"),
        () -> "the disk is scanned");

    JsonObject again = ask(a);

    assertTrue(report(again).getInt("disk") >= ENOUGH_TOKENS, again::toString);
    assertEquals(expected, KvasirClient.text(again));
  }

  private static void assertReadyWithoutGrid(KvasirNode node) throws Exception {
    HttpResponse<String> ready = node.client().get("/health/ready");
    assertEquals(200, ready.statusCode(), ready::body);
    assertTrue(ready.body().contains("no member of the grid answers"), ready::body);
  }

  private void assertRemote(JsonObject answer) {
    assertTrue(report(answer).getInt("remote") >= ENOUGH_TOKENS, answer::toString);
    assertEquals(expected, KvasirClient.text(answer));
  }
}
