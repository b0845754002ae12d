package dev.kvasir.cache.oracle;

import static dev.kvasir.cache.oracle.OracleCluster.joined;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.Prefix;
import dev.kvasir.cache.oracle.OracleNode.Answer;
import dev.kvasir.completion.CachePolicy;
import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.Completion;
import dev.kvasir.completion.MissReason;
import dev.kvasir.completion.Prompt;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.ChatMessage;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The oracle: on two nodes with engines and grids of their own, whatever part of a prompt comes
 * from where, the logits of the first new token and the greedy continuation are bit for bit those
 * without a cache.
 *
 * <p>{@code -Dkvasir.seed=...} repeats a run, {@code -Dkvasir.oracle.cases=...} lengthens it.
 */
class OracleTest {
  private static final System.Logger LOG = System.getLogger(OracleTest.class.getName());
  private static final int BLOCK = 64;
  private static final int LONGEST = 1_500;
  private static final int NEW_TOKENS = 4;
  private static final int LEAST_OF_EACH = 20;
  private static final int[] SUFFIXES = {1, 7, 39, 47, 64};
  private static final List<String> CLASSES =
      List.of(
          "pool",
          "near",
          "local",
          "remote",
          "disk",
          "evicted",
          "corrupt",
          "deadline",
          "idle",
          "turn 2",
          "turn 3",
          "suffix 1",
          "suffix 7",
          "suffix 39",
          "suffix 47",
          "suffix 64");

  /** How a case's blocks come to stand where they stand. */
  private enum Plan {
    /** Nobody has seen the prompt. */
    NEW,
    /** The same node answered a prompt with the same beginning. */
    POOL,
    /** The other node did. */
    GRID,
    /** The other node did, and a part of the beginning is in this node's pool. */
    POOL_AND_GRID,
    /** The other node did, this one fetched it and lost its pool. */
    NEAR,
    /** The other node did, and the grid has lost a part of it, but a disk has not. */
    DISK,
    EVICTED,
    CORRUPT,
    DEADLINE,
    /** A text goes on behind an answer that one of both has prefilled in idle time. */
    IDLE,
    /** Three turns, each on a node of its own choice; the history was decoded here. */
    CHAT
  }

  @TempDir Path folder;
  private final long seed = Long.getLong("kvasir.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Map<String, Integer> seen = new TreeMap<>();
  private OracleCluster cluster;
  private List<OracleNode> nodes = List.of();
  private String what = "";

  @BeforeEach
  void start() throws Exception {
    cluster = new OracleCluster(2, folder, random);
    nodes = cluster.nodes();
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void answer_anySplitOfSources_sameBitsAsWithoutCache() throws Exception {
    int cases = Integer.getInteger("kvasir.oracle.cases", 360);
    LOG.log(Level.INFO, "oracle: seed {0}, {1} cases", Long.toString(seed), cases);
    for (int i = 0; i < cases; i++) {
      Plan plan = Plan.values()[i % Plan.values().length];
      what = "case %d (%s), seed %d".formatted(i, plan, seed);
      if (plan == Plan.CHAT) {
        converse();
      } else if (plan == Plan.IDLE) {
        goOnBehindAnswer();
      } else {
        runCase(plan);
      }
    }
    LOG.log(Level.INFO, "oracle: outcomes {0}", seen);
    for (String name : CLASSES) {
      int count = seen.getOrDefault(name, 0);
      assertTrue(count >= LEAST_OF_EACH, name + " was seen " + count + " times, seed " + seed);
    }
  }

  private void runCase(Plan plan) throws InterruptedException {
    List<OracleNode> shuffled = new ArrayList<>(nodes);
    Collections.shuffle(shuffled, random);
    OracleNode giver = shuffled.get(0);
    OracleNode taker = plan == Plan.POOL ? giver : shuffled.get(1);
    if (plan == Plan.NEW) {
      check(taker, tokens(1 + random.nextInt(LONGEST)));
      return;
    }
    int suffix = suffix();
    int blocks =
        2 + random.nextInt((plan == Plan.GRID ? LONGEST - suffix : 1_100 - suffix) / BLOCK - 1);
    int[] shared = tokens(blocks * BLOCK);
    int[] prompt = joined(shared, tokens(suffix));
    int victim = random.nextInt(blocks);
    BlockHash victimHash = giver.prefix(prompt).hashes().get(victim);

    if (plan == Plan.CORRUPT) {
      giver.store.corruptOnWrite(victimHash);
    }
    cluster.give(giver, joined(shared, tokens(1 + random.nextInt(BLOCK))), taker);
    prepare(plan, taker, prompt, victim);
    CacheReport report = check(taker, prompt).cache();
    taker.hurry(false);

    Map<Plan, MissReason> faults =
        Map.of(
            Plan.EVICTED, MissReason.EVICTED,
            Plan.CORRUPT, MissReason.CORRUPT,
            Plan.DEADLINE, MissReason.DEADLINE);
    if (faults.containsKey(plan)) {
      assertEquals(faults.get(plan), report.missReason(), what);
    } else {
      // under NEAR the node itself has published the prompt's further full blocks
      int known = plan == Plan.NEAR ? (prompt.length - 1) / BLOCK : blocks;
      assertEquals(known * BLOCK, report.cachedTokens(), what);
    }
    if (plan == Plan.POOL) {
      assertEquals(blocks * BLOCK, report.poolTokens(), what);
    }
    countIf(IntStream.of(SUFFIXES).anyMatch(forced -> forced == suffix), "suffix " + suffix);
  }

  private void prepare(Plan plan, OracleNode taker, int[] prompt, int victim)
      throws InterruptedException {
    BlockHash victimHash = taker.prefix(prompt).hashes().get(victim);
    switch (plan) {
      case POOL_AND_GRID -> keepInPool(taker, prompt, victim);
      case NEAR -> {
        check(taker, prompt);
        taker.finishPublishing();
        taker.clearPool();
      }
      case DISK -> {
        Prefix prefix = taker.prefix(prompt);
        List<BlockHash> hashes = prefix.hashes();
        await(() -> taker.onDisk(prefix) >= taker.knownBlocks(prefix));
        taker.store.hide(hashes.subList(victim, hashes.size()));
      }
      case EVICTED -> {
        keepInPool(taker, prompt, random.nextInt(victim + 1));
        taker.store.evictBeforeRead(victimHash);
      }
      case CORRUPT -> keepInPool(taker, prompt, random.nextInt(victim + 1));
      case DEADLINE -> {
        keepInPool(taker, prompt, random.nextInt(victim + 1));
        taker.store.stallRead(victimHash);
        taker.hurry(true);
      }
      case NEW, POOL, GRID, IDLE, CHAT -> {}
    }
  }

  /** The node has seen the first blocks of the prompt, with another end. */
  private void keepInPool(OracleNode node, int[] prompt, int blocks) throws InterruptedException {
    if (blocks > 0) {
      int[] head = IntStream.of(prompt).limit((long) blocks * BLOCK).toArray();
      node.answer(new Prompt.Text(TokenText.of(joined(head, tokens(3)))), 1, CachePolicy.USE);
      node.finishPublishing();
    }
  }

  private void goOnBehindAnswer() throws InterruptedException {
    OracleNode giver = nodes.get(random.nextInt(nodes.size()));
    int[] prompt = tokens(1 + random.nextInt(600));
    Answer first = giver.answer(new Prompt.Text(TokenText.of(prompt)), 100, CachePolicy.USE);
    int[] text = joined(prompt, first.tokens().stream().mapToInt(Integer::intValue).toArray());
    giver.finishIdle();
    int[] next = joined(text, tokens(1 + random.nextInt(BLOCK)));
    OracleNode taker = nodes.get(random.nextInt(nodes.size()));
    int shared = (text.length - 1) / BLOCK;
    await(() -> taker.knownBlocks(taker.prefix(next)) >= shared);

    assertEquals(shared * BLOCK, check(taker, next).cache().cachedTokens(), what);
    countIf(shared > (prompt.length - 1) / BLOCK, "idle");
  }

  private void converse() throws InterruptedException {
    List<ChatMessage> turns = new ArrayList<>();
    for (int turn = 1; turn <= 3; turn++) {
      turns.add(new ChatMessage("user", words(30 + random.nextInt(70))));
      OracleNode node = nodes.get(random.nextInt(nodes.size()));
      Completion answer = check(node, new Prompt.Chat(turns), 30);
      turns.add(new ChatMessage("assistant", answer.text()));
      if (turn > 1) {
        count("turn " + turn);
      }
      node.finishPublishing();
    }
  }

  private Completion check(OracleNode node, int[] prompt) {
    return check(node, new Prompt.Text(TokenText.of(prompt)), NEW_TOKENS);
  }

  private Completion check(OracleNode node, Prompt prompt, int newTokens) {
    Answer cached = node.answer(prompt, newTokens, CachePolicy.USE);
    OracleNode other = nodes.get(random.nextInt(nodes.size()));
    Answer computed = other.answer(prompt, newTokens, CachePolicy.OFF);

    countOutcomes(SameBits.require(cached, computed, what));
    return cached.completion();
  }

  private void countOutcomes(CacheReport report) {
    countIf(report.poolTokens() > 0, "pool");
    countIf(report.nearTokens() > 0, "near");
    countIf(report.localTokens() > 0, "local");
    countIf(report.remoteTokens() > 0, "remote");
    countIf(report.diskTokens() > 0, "disk");
    count(report.missReason().label());
  }

  private void countIf(boolean holds, String name) {
    if (holds) {
      count(name);
    }
  }

  private void count(String name) {
    seen.merge(name, 1, Integer::sum);
  }

  private int suffix() {
    int choice = random.nextInt(SUFFIXES.length + 1);
    return choice < SUFFIXES.length ? SUFFIXES[choice] : 1 + random.nextInt(3 * BLOCK);
  }

  private int[] tokens(int count) {
    return cluster.tokens(count);
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

  private void await(BooleanSupplier holds) {
    OracleCluster.await("the index came, " + what, holds);
  }
}
