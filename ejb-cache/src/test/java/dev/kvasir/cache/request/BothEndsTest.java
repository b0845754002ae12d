package dev.kvasir.cache.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.Absence;
import dev.kvasir.cache.LateBlocks;
import dev.kvasir.cache.Lookup;
import dev.kvasir.cache.LookupNotes;
import dev.kvasir.cache.Prefix;
import dev.kvasir.cache.Source;
import dev.kvasir.cache.testing.TestingBlockStore;
import dev.kvasir.cache.testing.TestingNode;
import dev.kvasir.completion.CachePolicy;
import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.Gap;
import dev.kvasir.completion.MissReason;
import dev.kvasir.inference.BlockFault;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.inference.InferenceConnection;
import dev.kvasir.inference.KvBlock;
import dev.kvasir.inference.SamplingParams;
import dev.kvasir.inference.Sequence;
import dev.kvasir.inference.SequenceRequest;
import jakarta.resource.ResourceException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a request says that loaded the end of a run while it computed its front. */
class BothEndsTest {
  private static final String TEXT = "a shared beginning"; // 19 tokens, 4 blocks of 4
  private static final int BLOCKS = 4;

  private final TestingNode giver = new TestingNode("giver", new TestingBlockStore());
  private final TestingNode taker = new TestingNode("taker", new TestingBlockStore());
  private final Prefix prefix = taker.prefix("t", TEXT);
  private final String truth = TestingNode.truth(TEXT);

  BothEndsTest() {
    giver.complete("t", TEXT, CachePolicy.USE);
  }

  /** So many come of a run, from its end; the next is not there for a reason. */
  private final class Late implements LateBlocks {
    private final int endBlock;
    private final int count;
    private MissReason reason;
    private int given;
    boolean closed;

    Late(int endBlock, int count, MissReason reason) {
      this.endBlock = endBlock;
      this.count = count;
      this.reason = reason;
    }

    @Override
    public int endBlock() {
      return endBlock;
    }

    @Override
    public CompletableFuture<@Nullable KvBlock> next() {
      if (given == count) {
        return CompletableFuture.completedFuture(null);
      }
      BlockHash name = prefix.hashes().get(endBlock - ++given);
      return CompletableFuture.completedFuture(giver.model.exportBlock(name).orElseThrow());
    }

    @Override
    public void refused(BlockFault fault) {
      reason = MissReason.CORRUPT;
    }

    @Override
    public List<Source> sources() {
      return List.of(Source.REMOTE, Source.DISK, Source.REMOTE, Source.REMOTE).subList(0, given);
    }

    @Override
    public MissReason reason() {
      return reason;
    }

    @Override
    public double millis() {
      return 5;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private CacheReport report(Late late, int absentBlocks) throws ResourceException {
    Lookup lookup =
        new Lookup.BothEnds(
            0,
            late.endBlock(),
            () -> late,
            new LookupNotes(absentBlocks, new Absence(MissReason.EXPIRED, null, null), null));
    PrefixLoad taken = new PrefixLoad(taker.cache, prefix, lookup, lookup.reason());
    SequenceRequest request =
        new SequenceRequest(prefix.tokens(), prefix.hashes(), SamplingParams.GREEDY, 5);
    try (InferenceConnection slot = taker.slots.getConnection();
        Sequence sequence = slot.open(request, () -> true)) {
      taken.load(sequence);
      StringBuilder text = new StringBuilder();
      GeneratedToken token = taken.prefill(sequence);
      text.append(token.text());
      while (token.finish() == null) {
        token = sequence.next();
        text.append(token.text());
      }
      assertEquals(truth, text.toString());
    }
    int front = prefix.tokens().size() - taken.takenTokens();
    return taken.report(
        "taker", new CacheTimes(1, 0, 3), List.of(Gap.of(taken.reason(), front)), null);
  }

  @Test
  void prefill_halfCame_restIsCountedAsComputedMeanwhile() throws ResourceException {
    Late late = new Late(BLOCKS, 2, MissReason.MEANWHILE);
    CacheReport report = report(late, 0);
    assertEquals(MissReason.MEANWHILE, report.missReason());
    assertEquals(4, report.remoteTokens());
    assertEquals(4, report.diskTokens());
    assertEquals(8, report.loadedTokens());
    assertEquals(11, report.meanwhileTokens());
    assertEquals(5, report.loadMillis());
    assertTrue(late.closed);
  }

  @Test
  void prefill_noneCame_saysWhy() throws ResourceException {
    CacheReport report = report(new Late(BLOCKS, 0, MissReason.GRID_UNAVAILABLE), 0);
    assertEquals(MissReason.GRID_UNAVAILABLE, report.missReason());
    assertEquals(0, report.cachedTokens());
    assertEquals(0, report.meanwhileTokens());
  }

  @Test
  void prefill_allCame_nothingIsLacking() throws ResourceException {
    assertEquals(
        MissReason.NONE, report(new Late(BLOCKS, BLOCKS, MissReason.MEANWHILE), 0).missReason());
  }

  @Test
  void prefill_allOfTheRunCame_saysWhyTheRestWasAbsent() throws ResourceException {
    assertEquals(MissReason.EXPIRED, report(new Late(3, 3, MissReason.MEANWHILE), 1).missReason());
  }

  @Test
  void prefill_poolHasTheRunMeanwhile_nothingIsRead() throws ResourceException {
    taker.complete("t", TEXT, CachePolicy.USE);
    Late late = new Late(BLOCKS, 0, MissReason.DEADLINE);
    assertEquals(16, report(late, 0).poolTokens());
    assertEquals(0, late.given);
    assertTrue(!late.closed, "nothing was asked for");
  }
}
