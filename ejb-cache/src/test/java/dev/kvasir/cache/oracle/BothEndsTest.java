package dev.kvasir.cache.oracle;

import static dev.kvasir.cache.oracle.OracleCluster.BLOCK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.completion.CachePolicy;
import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.MissReason;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvBlock;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real engine computes a prompt from its front while a real grid loads it from its end. */
class BothEndsTest {
  private static final System.Logger LOG = System.getLogger(BothEndsTest.class.getName());
  private static final int BLOCKS = 28;
  private static final int BAD = 20;
  private static final int BEHIND_BAD = BLOCKS - BAD - 1;

  private static final long SEED = Long.getLong("kvasir.seed", System.nanoTime());

  @SuppressWarnings("NullAway.Init") // before all
  private static OracleCluster cluster;

  @SuppressWarnings("NullAway.Init") // likewise
  private static OracleNode node;

  private int[] prompt = {};
  private List<BlockHash> names = List.of();

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    cluster = new OracleCluster(1, folder, new Random(SEED));
    node = cluster.node(0);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @BeforeEach
  void give() throws Exception {
    prompt = cluster.given(node, BLOCKS, node);
    names = node.prefix(prompt).hashes();
  }

  /** As many come as there can, before anything is computed. */
  private void requireMet(String what) {
    node.awaitOfEnd(BEHIND_BAD);
    CacheReport report = sameBits(what);
    node.awaitOfEnd(0);
    assertEquals(BEHIND_BAD * BLOCK, report.loadedTokens(), report::toString);
    assertMet(report, BEHIND_BAD);
    assertEquals((BLOCKS - BEHIND_BAD) * BLOCK, report.meanwhileTokens(), report::toString);
  }

  private CacheReport sameBits(String what) {
    node.clearPool();
    node.expectSlowLoads(node.prefix(prompt));
    String how = what + ", seed " + SEED;
    CacheReport report = cluster.sameBits(node, prompt, how);
    LOG.log(
        Level.INFO,
        "{0}: {1} tokens were loaded, {2} computed meanwhile",
        how,
        report.loadedTokens(),
        report.meanwhileTokens());
    return report;
  }

  /** Computed tokens of whole blocks. */
  private static int frontTokens(CacheReport report) {
    return report.computedTokens() - 7;
  }

  private static void assertMet(CacheReport report, int mostLoaded) {
    assertTrue(report.cachedTokens() <= mostLoaded * BLOCK, report::toString);
    if (report.cachedTokens() > 0) {
      assertEquals(MissReason.MEANWHILE, report.missReason());
      assertEquals(frontTokens(report), report.meanwhileTokens());
    }
  }

  @Test
  void answer_allComes_sameBits() {
    assertMet(sameBits("all comes"), BLOCKS);
  }

  @Test
  void answer_readsAreLate_sameBits() {
    for (long delayMillis : new long[] {10, 100, 60_000}) {
      node.store.delayReads(delayMillis);
      assertMet(sameBits(delayMillis + " ms late"), BLOCKS);
    }
    node.store.delayReads(0);
  }

  @Test
  void answer_oneReadGetsNoAnswer_whatStandsBehindItCounts() {
    node.store.stallRead(names.get(BAD));
    requireMet("a read hangs");
  }

  @Test
  void answer_oneIsGone_whatStandsBehindItCounts() {
    node.store.evictBeforeRead(names.get(BAD));
    requireMet("a block is gone");
  }

  @Test
  void answer_oneIsCorrupt_whatStandsBehindItCounts() {
    node.store.changeOnRead(
        names.get(BAD),
        block -> {
          byte[] bytes = block.bytes().clone();
          bytes[bytes.length - 1] ^= 1;
          return KvBlock.wrap(bytes);
        });
    requireMet("a block is corrupt");
  }

  @Test
  void answer_theStoreDiesAmongTheReads_whatCameCounts() {
    node.store.onRead(
        BEHIND_BAD,
        () -> {
          throw new IllegalStateException("planted: the store is gone");
        });
    requireMet("the store dies");
  }

  @Test
  void answer_sameAndOtherPromptsAtOnce_sameBitsForAll() throws Exception {
    int[] other = cluster.given(node, BLOCKS, node);
    node.clearPool();
    node.expectSlowLoads(node.prefix(prompt));
    OracleNode.Answer[] answers = new OracleNode.Answer[4];
    CompletableFuture<?>[] running = new CompletableFuture<?>[answers.length];
    for (int i = 0; i < answers.length; i++) {
      int[] asked = i % 2 == 0 ? prompt : other;
      int place = i;
      running[i] =
          CompletableFuture.runAsync(
              () -> answers[place] = node.answer(OracleCluster.text(asked), 4, CachePolicy.USE));
    }
    CompletableFuture.allOf(running).get(60, TimeUnit.SECONDS);
    List<Integer> alone = alone(prompt);
    List<Integer> otherAlone = alone(other);
    for (int i = 0; i < answers.length; i++) {
      assertEquals(i % 2 == 0 ? alone : otherAlone, answers[i].tokens(), "seed " + SEED);
    }
  }

  private List<Integer> alone(int[] asked) {
    return node.answer(OracleCluster.text(asked), 4, CachePolicy.OFF).tokens();
  }
}
