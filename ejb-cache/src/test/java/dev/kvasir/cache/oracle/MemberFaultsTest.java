package dev.kvasir.cache.oracle;

import static dev.kvasir.cache.oracle.OracleCluster.BLOCK;
import static dev.kvasir.cache.oracle.OracleCluster.await;
import static dev.kvasir.cache.oracle.OracleCluster.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.Prefix;
import dev.kvasir.cache.oracle.OracleNode.Answer;
import dev.kvasir.completion.CachePolicy;
import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.MissReason;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Members die, leave and lose each other at the worst moments: answers stay what they are without a
 * cache, bit for bit, and what has a backup is still found.
 */
class MemberFaultsTest {
  private static final int BLOCKS = 8;
  private static final int MANY_TOKENS = 40;

  @TempDir Path folder;
  private final long seed = Long.getLong("kvasir.seed", System.nanoTime());
  private OracleCluster cluster;
  private OracleNode a;
  private OracleNode b;

  @BeforeEach
  void start() throws Exception {
    cluster = new OracleCluster(2, folder, new Random(seed));
    a = cluster.node(0);
    b = cluster.node(1);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  private CacheReport sameBits(OracleNode node, int[] prompt, String what) {
    return cluster.sameBits(node, prompt, what + ", seed " + seed);
  }

  @Test
  void answer_ownerKilledWhileItsBlocksAreRead_allComeFromBackups() throws Exception {
    int[] prompt = cluster.given(b, BLOCKS, a);
    cluster.awaitSafe();
    a.store.onRead(BLOCKS / 2, b::kill);

    assertEquals(BLOCKS * BLOCK, sameBits(a, prompt, "killed").cachedTokens());
  }

  @Test
  void answer_ownerLeavesBetweenLookUpAndRead_allComeFromWhoTookOver() throws Exception {
    int[] prompt = cluster.given(b, BLOCKS, a);
    a.store.onRead(0, b::leave);

    assertEquals(BLOCKS * BLOCK, sameBits(a, prompt, "left").cachedTokens());
  }

  @Test
  void answer_ownerKilledWhileTokensCome_goesOn() throws Exception {
    int[] prompt = cluster.given(b, BLOCKS, a);
    int[] unread = cluster.given(b, BLOCKS, a); // of which a has no copy in its near cache
    cluster.awaitSafe();
    Answer answer =
        a.answer(
            text(prompt),
            MANY_TOKENS,
            CachePolicy.USE,
            tokens -> {
              if (tokens == 2) {
                b.kill();
              }
            });

    Answer computed = a.answer(text(prompt), MANY_TOKENS, CachePolicy.OFF);
    assertEquals(BLOCKS * BLOCK, SameBits.require(answer, computed, "seed " + seed).cachedTokens());
    assertEquals(MANY_TOKENS, answer.tokens().size());
    a.clearPool();
    assertEquals(BLOCKS * BLOCK, sameBits(a, prompt, "afterwards").cachedTokens());
    CacheReport backups = sameBits(a, unread, "what it owned");
    assertEquals(BLOCKS * BLOCK, backups.localTokens() + backups.remoteTokens());
  }

  @Test
  void publish_otherMemberKilledMeanwhile_allIsStored() throws Exception {
    int[] prompt = cluster.tokens(BLOCKS * BLOCK + 1);
    a.store.onWrite(BLOCKS / 2, b::kill);
    sameBits(a, prompt, "computed");
    a.finishPublishing();

    Prefix prefix = a.prefix(prompt);
    await("all is announced", () -> a.knownBlocks(prefix) == BLOCKS);
    a.clearPool();
    assertEquals(BLOCKS * BLOCK, sameBits(a, prompt, "loaded").cachedTokens());
  }

  @Test
  void publish_publisherKilledMeanwhile_theOtherFindsWhatCameBefore() throws Exception {
    int[] prompt = cluster.tokens(BLOCKS * BLOCK + 1);
    b.store.onWrite(BLOCKS / 2, b::kill);
    sameBits(b, prompt, "computed");
    b.finishPublishing();
    assertEquals(BLOCKS / 2, b.stats().publishing().failed());

    Prefix prefix = a.prefix(prompt);
    await("the first half is known", () -> a.knownBlocks(prefix) == BLOCKS / 2);
    assertEquals(BLOCKS / 2 * BLOCK, sameBits(a, prompt, "half").cachedTokens());

    assertEquals(BLOCKS * BLOCK, sameBits(b, prompt, "own pool").poolTokens());
    b.clearPool();
    CacheReport alone = sameBits(b, prompt, "without a grid");
    assertEquals(0, alone.cachedTokens());
    assertEquals(MissReason.GRID_UNAVAILABLE, alone.missReason());
  }

  @Test
  void answer_twoKilledOneAfterTheOther_allIsStillThere() throws Exception {
    OracleNode c = cluster.add();
    int[] prompt = cluster.given(c, BLOCKS, a);
    cluster.awaitSafe();

    c.kill();
    await("backups are made anew", () -> a.members() == 2 && a.isSafe() && b.isSafe());
    assertEquals(BLOCKS * BLOCK, sameBits(a, prompt, "one killed").cachedTokens());
    a.clearPool();
    b.kill();
    assertEquals(BLOCKS * BLOCK, sameBits(a, prompt, "two killed").cachedTokens());
  }

  @Test
  void answer_splitIntoHalvesAndMerged_sameBitsAndAllBlocksKnown() throws Exception {
    int[] before = cluster.given(a, BLOCKS, b);
    cluster.awaitSafe();
    a.splitFrom(b);

    assertEquals(BLOCKS * BLOCK, sameBits(b, before, "each half has all").cachedTokens());
    int[] inA = cluster.tokens(BLOCKS * BLOCK + 1);
    int[] inB = cluster.tokens(BLOCKS * BLOCK + 1);
    sameBits(a, inA, "new in a half");
    sameBits(b, inB, "new in the other half");
    int[] inBoth = cluster.tokens(BLOCKS * BLOCK + 1);
    sameBits(a, inBoth, "in both");
    sameBits(b, inBoth, "in both");
    a.finishPublishing();
    b.finishPublishing();
    CompletableFuture<Void> joined = CompletableFuture.runAsync(() -> a.join(b));
    while (!joined.isDone()) {
      sameBits(b, before, "while they find back");
      sameBits(a, inA, "while they find back");
    }
    joined.join();

    await("a knows b's", () -> a.knownBlocks(a.prefix(inB)) == BLOCKS);
    await("b knows a's", () -> b.knownBlocks(b.prefix(inA)) == BLOCKS);
    for (OracleNode node : cluster.nodes()) {
      node.finishPublishing();
      node.clearPool();
      for (int[] prompt : new int[][] {before, inA, inB, inBoth}) {
        CacheReport report = sameBits(node, prompt, "merged");
        assertTrue(report.cachedTokens() >= BLOCKS * BLOCK, report::toString);
      }
    }
  }
}
