package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** A tenant looks for what another one has asked in all that a node says. */
@ExtendWith(KvasirCluster.Shared.class)
@TestInstance(Lifecycle.PER_CLASS)
final class CrossTenantIT {
  private final KvasirNode node;
  private TenantProbe owner;
  private TenantProbe prober;

  CrossTenantIT(KvasirCluster cluster) throws IOException, InterruptedException {
    node = cluster.a();
    owner = new TenantProbe(node.client());
    prober = owner;
  }

  @BeforeAll
  void makeTenants() throws IOException, InterruptedException {
    owner = TenantProbe.of(node, "seen-owner");
    prober = TenantProbe.of(node, "seen-stranger");
  }

  @Test
  void answers_strangersHit_sayWhatAMissSays() throws Exception {
    String known = TenantProbe.newPrompt();
    owner.ask(known);
    assertTrue(owner.ask(known).cachedTokens() > 500, "the owner's own is cached");

    TenantProbe.Sighting foreign = prober.ask(known);
    TenantProbe.Sighting fresh = prober.ask(TenantProbe.newPrompt());

    assertEquals(0, foreign.cachedTokens());
    assertEquals(shape(fresh.kvasir(), fresh), shape(foreign.kvasir(), foreign));
    assertEquals(explained(fresh), explained(foreign));
  }

  @Test
  void counts_strangersHit_moveAsByAMiss() throws Exception {
    String known = TenantProbe.newPrompt();
    owner.ask(known);
    owner.ask(known); // its blocks are published, and seen to be there

    Set<String> foreign = moved(known);
    Set<String> fresh = moved(TenantProbe.newPrompt());

    assertEquals(Set.of("prompt", "computed", "total", "first_seen"), fresh);
    assertEquals(fresh, foreign);
  }

  @Test
  void refusals_strangersHit_readAsAMiss() throws Exception {
    String known = TenantProbe.newPrompt();
    TenantProbe.Sighting owners = owner.ask(known);
    KvasirClient stranger = prober.client();
    String hash = anyBlock().getString("hash");

    for (int tokens : new int[] {1_000_000, -1}) {
      assertEquals(
          refusal(stranger, KvasirClient.chatBody(TenantProbe.newPrompt(), "Who?", tokens, false)),
          refusal(stranger, KvasirClient.chatBody(known, "Who?", tokens, false)));
    }
    assertEquals(
        forbidden(stranger, "/api/cache/explain?request=never-made"),
        forbidden(stranger, "/api/cache/explain?request=" + owners.requestId()));
    assertEquals(
        forbidden(stranger, "/api/cache/blocks?prefix=0123456789abcdef"),
        forbidden(stranger, "/api/cache/blocks?prefix=" + hash));
  }

  @Test
  void group_bothConsented_takeEachOthersUntilOneLeaves() throws Exception {
    TenantProbe one = TenantProbe.of(node, "seen-member");
    TenantProbe other = TenantProbe.of(node, "seen-partner");
    String before = TenantProbe.newPrompt();
    one.ask(before);
    change("POST", "", "{\"id\": \"seen-group\"}", 201);
    change("PUT", "/seen-group/members/seen-member", "", 200);
    change("PUT", "/seen-group/members/seen-partner", "", 200);
    String consent = "{\"given_by\": \"its owner\"}";
    change("PUT", "/seen-group/members/seen-member/consent", consent, 200);
    assertEquals(0, other.ask(before).cachedTokens(), "one side has consented");

    JsonObject shared = change("PUT", "/seen-group/members/seen-partner/consent", consent, 200);

    assertEquals(2, shared.getJsonObject("group").getJsonArray("in_effect").size());
    assertEquals(0, other.ask(before).cachedTokens(), "from before they shared");
    String known = TenantProbe.newPrompt();
    one.ask(known);
    assertTrue(other.ask(known).cachedTokens() > 500, "the other's is found");
    assertEquals(0, prober.ask(known).cachedTokens(), "not by a third");
    String others = TenantProbe.newPrompt();
    other.ask(others);
    assertTrue(one.ask(others).cachedTokens() > 500, "both ways");

    JsonObject left = change("DELETE", "/seen-group/members/seen-member", "", 200);

    assertTrue(left.getJsonObject("blocks").getInt("pool") > 0, left::toString);
    assertEquals(0, one.ask(others).cachedTokens(), "who left finds nothing");
    assertEquals(0, other.ask(known).cachedTokens(), "who stays neither");
  }

  private JsonObject change(String method, String path, String body, int status)
      throws IOException, InterruptedException {
    return KvasirClient.expect(status, node.client().admin(method, "/api/groups" + path, body));
  }

  private String explained(TenantProbe.Sighting sighting) throws Exception {
    return shape(
        node.client().adminGet("/api/cache/explain?request=" + sighting.requestId()), sighting);
  }

  /** All that is said, but for how many and how long: counts keep whether they are zero. */
  private static String shape(JsonObject told, TenantProbe.Sighting sighting) {
    return told.toString()
        .replace(sighting.requestId(), "ID")
        .replaceAll("\"time\":\"[^\"]*\"", "\"time\":\"T\"")
        .replaceAll("\"memory\":\\{[^}]*}", "\"memory\":{}")
        .replaceAll(":[0-9]+[.][0-9E-]+", ":ms")
        .replaceAll(":[1-9][0-9]*", ":n");
  }

  /**
   * Which counts of requests, of where tokens came from, of reasons, and of blocks that were there
   * already moved by the prober's question. /metrics has the same, a second later.
   */
  private Set<String> moved(String prompt) throws Exception {
    Map<String, String> before = counts();
    prober.ask(prompt);
    Set<String> moved = new TreeSet<>();
    counts()
        .forEach(
            (name, value) -> {
              if (!value.equals(before.get(name))) {
                moved.add(name);
              }
            });
    return moved;
  }

  /** Once nothing waits to be published. */
  private Map<String, String> counts() throws Exception {
    Await.until(
        30,
        () -> stats().getJsonObject("publish").getInt("queued") == 0,
        () -> "blocks are still being published");
    JsonObject stats = stats();
    Map<String, String> counts = new TreeMap<>();
    for (String part : List.of("requests", "tokens", "miss_reasons")) {
      stats.getJsonObject(part).forEach((name, value) -> counts.put(name, value.toString()));
    }
    counts.remove("hit_rate"); // a ratio of the others
    counts.put("skipped", stats.getJsonObject("publish").getJsonNumber("skipped").toString());
    return counts;
  }

  private JsonObject stats() throws IOException, InterruptedException {
    return node.client().adminGet("/api/cache/stats");
  }

  private JsonObject anyBlock() throws Exception {
    List<JsonValue> blocks = new ArrayList<>();
    Await.until(
        30,
        () ->
            blocks.addAll(
                node.client().adminGet("/api/cache/blocks?limit=1").getJsonArray("blocks")),
        () -> "a block is published");
    return blocks.get(0).asJsonObject();
  }

  private static String refusal(KvasirClient client, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> response = client.post("/v1/chat/completions", body);
    assertEquals(400, response.statusCode(), response.body());
    return response.body().replaceAll("[0-9]+", "n");
  }

  private static String forbidden(KvasirClient client, String path)
      throws IOException, InterruptedException {
    HttpResponse<String> response = client.getAsTenant(path);
    assertEquals(403, response.statusCode(), response.body());
    return response.body();
  }
}
