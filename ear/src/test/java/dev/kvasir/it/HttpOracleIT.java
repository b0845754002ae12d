package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The oracle over HTTP: on two servers, whatever part of a prompt comes from where, an answer's
 * text is the one without a cache. {@code -Dkvasir.seed=...} repeats a run.
 */
@ExtendWith(KvasirCluster.Shared.class)
final class HttpOracleIT {
  private static final System.Logger LOG = System.getLogger(HttpOracleIT.class.getName());
  private static final int CASES = 30;
  private static final int TURNS = 3;
  private static final int LONGEST_FIRST_TURN = 430; // words of about three tokens each
  private static final int LONGEST_LATER_TURN = 40;
  private static final List<String> SOURCES =
      List.of("pool", "near", "local", "remote", "computed");

  /** Who answers a prompt's turns. */
  private enum Plan {
    /** Anybody, and anything may be discarded in between. */
    ANY,
    /** One node. */
    SAME_NODE,
    /** One node, the other, and the other again when it has lost its pool. */
    OTHER_NODE
  }

  private final long seed = Long.getLong("kvasir.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Map<String, Integer> seen = new TreeMap<>(); // answers with tokens from a source
  private int longest; // prompt, in tokens
  private List<KvasirClient> nodes = List.of();
  private String loadBefore = "";

  @BeforeEach
  void loadAlways(KvasirCluster cluster) throws Exception {
    nodes = List.of(cluster.a().client(), cluster.b().client());
    loadBefore = load(nodes.get(0));
    changeLoad("always");
  }

  @AfterEach
  void loadAsBefore() throws Exception {
    changeLoad(loadBefore);
  }

  @Test
  void answer_anySplitOfSources_sameTextAsWithoutCache() throws Exception {
    LOG.log(Level.INFO, "HTTP oracle: seed {0}", Long.toString(seed));
    for (int i = 0; i < CASES; i++) {
      Plan plan = Plan.values()[i % Plan.values().length];
      converse(plan, "case %d (%s), seed %d".formatted(i, plan, seed));
    }
    LOG.log(Level.INFO, "HTTP oracle: {0} answers by source, longest prompt {1}", seen, longest);
    for (String source : SOURCES) {
      assertTrue(seen.containsKey(source), "never from " + source + ", seed " + seed);
    }
  }

  private void converse(Plan plan, String what) throws Exception {
    GrowingPrompt prompt = new GrowingPrompt(random);
    int first = random.nextInt(nodes.size());
    for (int turn = 0; turn < TURNS; turn++) {
      prompt.ask(words(1 + random.nextInt(turn == 0 ? LONGEST_FIRST_TURN : LONGEST_LATER_TURN)));
      KvasirClient node =
          switch (plan) {
            case ANY -> anyNode();
            case SAME_NODE -> nodes.get(first);
            case OTHER_NODE -> nodes.get(turn == 0 ? first : 1 - first);
          };
      discard(plan, turn, node);
      prompt.hear(check(node, prompt, what));
      awaitPublished(node);
    }
  }

  private void discard(Plan plan, int turn, KvasirClient node) throws Exception {
    if (plan == Plan.ANY && random.nextInt(3) == 0) {
      List<String> tiers = List.of("pool", "near", "all");
      discard(anyNode(), tiers.get(random.nextInt(tiers.size())));
    } else if (plan == Plan.OTHER_NODE && turn == TURNS - 1) {
      discard(node, "pool");
    }
  }

  private static void discard(KvasirClient node, String tier) throws Exception {
    KvasirClient.expectOk(node.admin("DELETE", "/api/cache?tier=" + tier, ""));
  }

  /** The oracle itself; the answer. */
  private JsonObject check(KvasirClient node, GrowingPrompt prompt, String what) throws Exception {
    JsonObject cached = KvasirClient.expectOk(node.post(prompt.path(), prompt.body(true)));
    JsonObject computed = KvasirClient.expectOk(anyNode().post(prompt.path(), prompt.body(false)));

    JsonObject report = cached.getJsonObject("kvasir");
    String how = "%s, %s: %s".formatted(what, prompt, report);
    assertEquals(prompt.text(computed), prompt.text(cached), "text of " + how);
    int tokens = cached.getJsonObject("usage").getInt("prompt_tokens");
    assertEquals(
        tokens,
        SOURCES.stream().mapToInt(report::getInt).sum() + report.getInt("disk"),
        "tokens by source of " + how);
    assertEquals(tokens, computed.getJsonObject("kvasir").getInt("computed"), "cache off, " + how);
    SOURCES.stream()
        .filter(source -> report.getInt(source) > 0)
        .forEach(source -> seen.merge(source, 1, Integer::sum));
    longest = Math.max(longest, tokens);
    return cached;
  }

  private void awaitPublished(KvasirClient node) throws Exception {
    Await.until(
        30,
        () -> node.adminGet("/api/cache/stats").getJsonObject("publish").getInt("queued") == 0,
        () -> "all blocks published, seed " + seed);
  }

  private void changeLoad(String rule) throws Exception {
    KvasirClient.expectOk(
        nodes.get(0).admin("PUT", "/api/cache/policy", "{\"load\":\"%s\"}".formatted(rule)));
    Await.until(30, () -> load(nodes.get(1)).equals(rule), () -> "both nodes load " + rule);
  }

  private static String load(KvasirClient node) throws Exception {
    return node.adminGet("/api/cache/policy").getString("load");
  }

  private KvasirClient anyNode() {
    return nodes.get(random.nextInt(nodes.size()));
  }

  private String words(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      int letters = 1 + random.nextInt(5);
      random.ints(letters, 'a', 'z' + 1).forEach(letter -> text.append((char) letter));
      text.append(' ');
    }
    return text.toString();
  }
}
