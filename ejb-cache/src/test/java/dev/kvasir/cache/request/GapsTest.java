package dev.kvasir.cache.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.kvasir.cache.testing.TestingBlockStore;
import dev.kvasir.cache.testing.TestingBlockStore.Read;
import dev.kvasir.cache.testing.TestingNode;
import dev.kvasir.completion.CachePolicy;
import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.Gap;
import dev.kvasir.completion.LoadEstimate;
import dev.kvasir.completion.MissReason;
import dev.kvasir.inference.BlockHash;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Why tokens were computed, part by part. */
final class GapsTest {
  private static final String TEXT = "a shared beginning"; // 19 tokens, 4 blocks of 4
  private static final Gap TAIL = Gap.of(MissReason.TAIL, 3);

  private final TestingBlockStore store = new TestingBlockStore();
  private final TestingNode a = new TestingNode("a", store);
  private final TestingNode b = new TestingNode("b", store);
  private final List<BlockHash> hashes = a.prefix("t", TEXT).hashes();

  private static CacheReport report(TestingNode node, String tenant) {
    CacheReport report = node.complete(tenant, TEXT, CachePolicy.USE).cache();
    assertEquals(
        report.computedTokens(), report.gaps().stream().mapToInt(Gap::tokens).sum(), "gaps");
    return report;
  }

  private static List<Gap> gaps(TestingNode node) {
    return report(node, "t").gaps();
  }

  @Test
  void gaps_nobodyComputedIt_firstSeenAndTail() {
    CacheReport report = report(a, "t");
    assertEquals(List.of(Gap.of(MissReason.FIRST_SEEN, 16), TAIL), report.gaps());
    assertNull(report.estimate());
  }

  @Test
  void gaps_allBlocksThere_tailOnly() {
    report(a, "t");
    assertEquals(List.of(TAIL), gaps(a));
    assertEquals(MissReason.NONE, report(b, "t").missReason());
  }

  @Test
  void gaps_lastBlocksEvicted_policyAndAge() {
    report(a, "t");
    store.evict(hashes.get(2), "sieve");
    store.evict(hashes.get(3), "sieve");

    CacheReport report = report(b, "t");

    assertEquals(List.of(new Gap(MissReason.EVICTED, 8, "sieve", 7.5), TAIL), report.gaps());
    assertEquals(MissReason.EVICTED, report.missReason());
    assertEquals(8, report.remoteTokens());
    assertEquals(new LoadEstimate(8, true, null, null), Objects.requireNonNull(report.estimate()));
  }

  @Test
  void gaps_readFailsBeforeAnAbsentBlock_bothReasons() {
    report(a, "t");
    store.evict(hashes.get(3), "lru");
    store.reading(hashes.get(1), Read.NEVER_ANSWERS);

    CacheReport report = report(b, "t");

    assertEquals(
        List.of(Gap.of(MissReason.DEADLINE, 8), new Gap(MissReason.EVICTED, 4, "lru", 7.5), TAIL),
        report.gaps());
    assertEquals(MissReason.DEADLINE, report.missReason());
  }

  @Test
  void gaps_corruptBlock_saysSo() {
    report(a, "t");
    store.corrupt(hashes.get(2));
    assertEquals(List.of(Gap.of(MissReason.CORRUPT, 8), TAIL), gaps(b));
  }

  @Test
  void gaps_otherTenantsBlockWasEvicted_firstSeen() {
    report(a, "t");
    hashes.forEach(hash -> store.evict(hash, "lru"));

    CacheReport report = report(b, "u");

    assertEquals(List.of(Gap.of(MissReason.FIRST_SEEN, 16), TAIL), report.gaps());
  }

  @Test
  void gaps_publishDropped_notAdmitted() {
    Deque<Runnable> publishing = new ArrayDeque<>();
    TestingNode slow = new TestingNode("slow", store, publishing::add);
    report(slow, "t");
    slow.model.clearPool(); // before the publisher came to it
    publishing.remove().run();

    assertEquals(List.of(new Gap(MissReason.NOT_ADMITTED, 16, null, 1.0), TAIL), gaps(slow));
  }

  @Test
  void gaps_cacheOff_allTokens() {
    CacheReport report = a.complete("t", TEXT, CachePolicy.OFF).cache();
    assertEquals(List.of(Gap.of(MissReason.CACHE_OFF, 19)), report.gaps());
  }
}
