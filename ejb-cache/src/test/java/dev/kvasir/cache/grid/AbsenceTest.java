package dev.kvasir.cache.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.ClearScope;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.Explanation;
import dev.kvasir.cache.Lifetime;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.cache.RequestSummary;
import dev.kvasir.completion.Approximation;
import dev.kvasir.completion.Approximation.Donor;
import dev.kvasir.completion.BlendKind;
import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.Gap;
import dev.kvasir.completion.LoadEstimate;
import dev.kvasir.completion.MissReason;
import dev.kvasir.inference.BlockHash;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Why blocks are not in the grid, as both members remember it. */
final class AbsenceTest extends TwoMembers {
  private void awaitReason(BlockHash hash, MissReason reason) {
    for (Grid grid : List.of(a, b)) {
      Await.until(
          "absent: " + reason,
          () -> grid.countLeading(List.of(hash)) == 0 && grid.absence(hash).reason() == reason);
    }
  }

  @Test
  void absence_neverStored_firstSeen() {
    assertEquals(
        MissReason.FIRST_SEEN, a.absence(TestingBlocks.chain(900, 1, 1).hashes().get(0)).reason());
  }

  @Test
  void absence_evicted_bothKnowThePolicy() {
    CacheSettings before = a.admin().settings();
    TestingBlocks first = TestingBlocks.chain(901, 1, 20_000);
    first.putInto(a);
    TestingGrid.change(
        a,
        new CacheSettings(
            EvictionKind.FIFO, CacheSettings.MIN_BUDGET_BYTES, LoadRule.ALWAYS, 2_000));
    for (int seed = 910; seed < 930; seed++) {
      TestingBlocks.chain(seed, 5, 20_000).putInto(b);
    }

    awaitReason(first.hashes().get(0), MissReason.EVICTED);

    assertEquals("fifo", a.absence(first.hashes().get(0)).policy());
    TestingGrid.change(a, before);
  }

  @Test
  void absence_cleared_removed() {
    TestingBlocks blocks = TestingBlocks.chain(902, 2, 100);
    blocks.putInto(a);
    cluster.awaitKnown(blocks.hashes());
    a.admin().clear(ClearScope.ALL);
    awaitReason(blocks.hashes().get(1), MissReason.REMOVED);
  }

  @Test
  void absence_discarded_corruptWhereItWasFound() {
    TestingBlocks blocks = TestingBlocks.chain(903, 1, 100);
    blocks.putInto(a);
    cluster.awaitKnown(blocks.hashes());
    b.discard(blocks.hashes().get(0));
    Await.until("a heard of it", () -> a.countLeading(blocks.hashes()) == 0);
    assertEquals(MissReason.CORRUPT, b.absence(blocks.hashes().get(0)).reason());
    assertEquals(MissReason.REMOVED, a.absence(blocks.hashes().get(0)).reason());
  }

  @Test
  void absence_tooOld_expired() {
    TestingBlocks blocks = TestingBlocks.chain(904, 1, 100);
    blocks.putInto(a);
    BlockHash hash = blocks.hashes().get(0);
    cluster.awaitKnown(blocks.hashes());
    CacheSettings before = a.admin().settings();
    TestingGrid.change(
        a,
        new CacheSettings(
            before.policy(),
            before.room(),
            before.admission(),
            before.loading(),
            new Lifetime(1, 0),
            before.shadows()));

    awaitReason(hash, MissReason.EXPIRED);

    TestingGrid.change(a, before);
  }

  @Test
  void absence_notAdmitted_rememberedHere() {
    List<BlockHash> hashes = TestingBlocks.chain(905, 2, 100).hashes();
    a.notAdmitted(hashes);
    assertEquals(MissReason.NOT_ADMITTED, a.absence(hashes.get(1)).reason());
  }

  @Test
  void explain_otherMembersRequest_itAnswers() {
    CacheReport report =
        new CacheReport(
            64,
            0,
            0,
            32,
            0,
            9,
            MissReason.EVICTED,
            0.5,
            1.5,
            2.5,
            "b",
            List.of(new Gap(MissReason.EVICTED, 8, "lru", 3.5), Gap.of(MissReason.TAIL, 1)),
            new LoadEstimate(32, true, 1.5, null),
            new Approximation(BlendKind.EPIC, 5, 3, List.of(new Donor("doc", "r-0", 8))));
    RequestSummary request =
        new RequestSummary("r-1", "b", 1, "t", "tiny", "ok", 105, 1, report, 1.5, 2.5);
    b.explainFrom(id -> id.equals("r-1") ? Optional.of(request) : Optional.empty());

    Optional<Explanation> found = a.admin().explain("r-1");

    assertEquals(request, found.orElseThrow().request());
    assertEquals(AbsentNames.CAPACITY, found.orElseThrow().memory().capacity());
    assertEquals(Optional.empty(), a.admin().explain("r-2"));
  }
}
