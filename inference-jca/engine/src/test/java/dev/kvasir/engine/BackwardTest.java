package dev.kvasir.engine;

import static dev.kvasir.engine.TestingEngine.hashes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.engine.TestingEngine.Answer;
import dev.kvasir.engine.paged.BlockTable;
import dev.kvasir.inference.BackwardBlocks;
import dev.kvasir.inference.BlockFault;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.FinishReason;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.inference.KvBlock;
import dev.kvasir.inference.SamplingParams;
import dev.kvasir.inference.SequenceRequest;
import dev.kvasir.inference.TokenIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A prompt that is computed from the front while blocks come from its end keeps all its bits. */
class BackwardTest {
  private static final int BLOCK = BlockTable.BLOCK_SIZE;
  private static final int BLOCKS = 18; // two chunks and a piece
  private static final int NEW_TOKENS = 4;

  private final TestingEngine testing = new TestingEngine(EngineConfig.of(TestingModels.tiny()));
  private final TokenIds prompt = testing.prompt(BLOCKS * BLOCK + 7, new Random(5));
  private final List<BlockHash> hashes = hashes(prompt);
  private final Answer cold = testing.answer(prompt, hashes, NEW_TOKENS);
  private final List<byte[]> bytes = testing.export(hashes);

  @AfterEach
  void close() {
    testing.close();
  }

  /** Those that are given, and then no more, or nothing at all for ever. */
  private final class Coming implements BackwardBlocks {
    private final int endBlock;
    private final List<KvBlock> blocks = new ArrayList<>();
    private final boolean ends;
    private int given;
    private int heldFor; // blocks that are handed over before the first step
    private @Nullable HeldSteps steps;
    @Nullable BlockFault fault;

    Coming(int endBlock, boolean ends) {
      this.endBlock = endBlock;
      this.ends = ends;
    }

    /** So many are handed over before anything is computed. */
    Coming first(int count) {
      heldFor = count;
      return this;
    }

    /** The sequence is open. */
    void opened() {
      if (heldFor > 0) {
        steps = new HeldSteps(testing.engine().model());
      }
    }

    @Override
    public int endBlock() {
      return endBlock;
    }

    @Override
    public CompletableFuture<@Nullable KvBlock> next() {
      if (given == heldFor && steps != null) {
        steps.release();
      }
      if (given < blocks.size()) {
        return CompletableFuture.completedFuture(blocks.get(given++));
      }
      return ends ? CompletableFuture.completedFuture(null) : new CompletableFuture<>();
    }

    @Override
    public void refused(BlockFault found) {
      fault = found;
    }
  }

  private Coming coming(int endBlock, int count, boolean ends) {
    Coming coming = new Coming(endBlock, ends);
    for (int i = 1; i <= count; i++) {
      coming.blocks.add(KvBlock.wrap(bytes.get(endBlock - i).clone()));
    }
    return coming;
  }

  /** Answers with an empty pool; how many blocks were not computed. */
  private int requireSameBits(Coming backward, String what) {
    testing.engine().model().clearPool();
    FirstLogits first = new FirstLogits();
    int met;
    try (EngineSequence sequence = testing.open(prompt, hashes, NEW_TOKENS, first)) {
      List<Integer> tokens = new ArrayList<>();
      backward.opened();
      GeneratedToken token = sequence.prefill(backward);
      met = sequence.metBlocks();
      tokens.add(token.tokenId());
      while (token.finish() == null) {
        token = sequence.next();
        tokens.add(token.tokenId());
      }
      assertEquals(cold, new Answer(0, first.get(), tokens), what);
    }
    List<byte[]> now = testing.export(hashes);
    for (int i = 0; i < hashes.size(); i++) {
      assertArrayEquals(bytes.get(i), now.get(i), what + ", K/V of block " + i);
    }
    return met;
  }

  @Test
  void prefill_anyEndOfAnyRunComes_sameBits() {
    for (int count : new int[] {0, 1, 5, BLOCKS - 1}) {
      for (boolean ends : new boolean[] {true, false}) {
        String what = "%d blocks, then %s".formatted(count, ends ? "no more" : "silence");
        assertTrue(requireSameBits(coming(BLOCKS, count, ends), what) <= count, what);
      }
    }
    assertTrue(requireSameBits(coming(11, 4, true), "a run in the middle") <= 4);
  }

  @Test
  void prefill_endIsThereBeforeTheFirstStep_exactlyItIsMet() {
    for (int count : new int[] {1, 5, BLOCKS - 1}) {
      for (boolean ends : new boolean[] {true, false}) {
        String what = "%d blocks first, then %s".formatted(count, ends ? "no more" : "silence");
        assertEquals(count, requireSameBits(coming(BLOCKS, count, ends).first(count), what), what);
      }
    }
    assertEquals(4, requireSameBits(coming(11, 4, true).first(4), "a run in the middle"));
  }

  @Test
  void prefill_faultyBlockComes_isToldAndComputed() {
    Coming coming = coming(BLOCKS, 3, false).first(1);
    byte[] flipped = bytes.get(BLOCKS - 2).clone();
    flipped[flipped.length - 1] ^= 1;
    coming.blocks.set(1, KvBlock.wrap(flipped));
    assertEquals(1, requireSameBits(coming, "a flipped bit"));
    assertEquals(BlockFault.CHECKSUM, coming.fault);
  }

  @Test
  void prefill_clientGone_endsThoughNoBlockComes() {
    testing.engine().model().clearPool();
    SamplingParams greedy = SamplingParams.builder().ignoreEos(true).build();
    SequenceRequest request = new SequenceRequest(prompt, hashes, greedy, NEW_TOKENS);
    try (EngineSequence sequence = testing.engine().open(request, () -> false, new FirstLogits())) {
      sequence.cancel();
      assertEquals(FinishReason.CANCELLED, sequence.prefill(coming(BLOCKS, 2, false)).finish());
    }
    assertEquals(0, testing.engine().model().poolStats().usedBlocks());
  }

  @Test
  void prefill_runWhereNoneMayBeLoaded_isRefused() {
    try (EngineSequence sequence = testing.open(prompt, hashes, NEW_TOKENS, new FirstLogits())) {
      assertEquals(BLOCKS * BLOCK, sequence.poolTokens());
      for (int end : new int[] {0, BLOCKS, BLOCKS + 1}) {
        assertThrows(IllegalArgumentException.class, () -> sequence.prefill(coming(end, 0, true)));
      }
    }
  }
}
