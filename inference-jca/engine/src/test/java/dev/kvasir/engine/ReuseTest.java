package dev.kvasir.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.engine.EngineConfig.Device;
import dev.kvasir.engine.EngineConfig.Precision;
import dev.kvasir.engine.graph.KernelForm;
import dev.kvasir.engine.paged.BlockTable;
import dev.kvasir.engine.schedule.ScheduleLimits;
import dev.kvasir.inference.BlockFault;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.FinishReason;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.inference.InferenceException;
import dev.kvasir.inference.KvBlock;
import dev.kvasir.inference.LoadOutcome;
import dev.kvasir.inference.PoolExhaustedException;
import dev.kvasir.inference.SamplingParams;
import dev.kvasir.inference.SequenceRequest;
import dev.kvasir.inference.TokenIds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Blocks from the pool, and blocks that left one engine and entered another, change no bit of an
 * answer.
 */
class ReuseTest {
  private static final int BLOCK = BlockTable.BLOCK_SIZE;
  private static final int[] SUFFIXES = {1, 7, 39, 47, 63, 64, 65, 100};
  private static final int[] FEW_SUFFIXES = {1, 39, 47}; // of a model that takes its time
  private static final int NEW_TOKENS = 4;

  static Stream<Arguments> engines() {
    List<Arguments> engines = new ArrayList<>();
    for (Precision precision : List.of(Precision.F32, Precision.BF16)) {
      for (KernelForm form : KernelForm.values()) {
        engines.add(Arguments.of(TestingModels.tiny(), precision, form, SUFFIXES, 1_500));
      }
      TestingModels.smolLm2()
          .ifPresent(
              path ->
                  engines.add(Arguments.of(path, precision, KernelForm.ONEDNN, FEW_SUFFIXES, 250)));
    }
    TestingModels.smolLm2()
        .ifPresent(
            path ->
                engines.add(
                    Arguments.of(path, Precision.BF16, KernelForm.INT8, FEW_SUFFIXES, 250)));
    return engines.stream();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void prefill_anySplitOfHitAndMiss_sameBits(
      Path model, Precision precision, KernelForm form, int[] suffixes, int longest) {
    long seed = Long.getLong("kvasir.seed", System.nanoTime());
    System.getLogger(ReuseTest.class.getName())
        .log(System.Logger.Level.INFO, "seed {0}, {1} {2} {3}", seed, model, precision, form);
    Random random = new Random(seed);
    EngineConfig config =
        new EngineConfig(model, precision, Device.CPU, 2_048, 0, ScheduleLimits.DEFAULT, form);
    try (TestingEngine testing = new TestingEngine(config)) {
      for (int suffix : suffixes) {
        int cached = BLOCK * random.nextInt((longest - suffix) / BLOCK + 1);
        assertSameBits(testing.engine(), prompt(testing, cached + suffix, random), "seed " + seed);
      }
    }
  }

  private static void assertSameBits(Engine engine, TokenIds prompt, String seed) {
    List<BlockHash> hashes = hashes(prompt);
    engine.model().clearPool();
    Answer cold = answer(engine, prompt, hashes);
    List<byte[]> coldBytes = export(engine, hashes);
    for (int reused = 0; reused <= hashes.size(); reused += Math.max(1, hashes.size() / 3)) {
      engine.model().clearPool();
      answer(engine, prompt, hashes.subList(0, reused));
      Answer warm = answer(engine, prompt, hashes);
      String what = "%d tokens, %d blocks reused, %s".formatted(prompt.size(), reused, seed);
      assertEquals(reused * BLOCK, warm.poolTokens(), what);
      assertArrayEquals(cold.logits(), warm.logits(), what);
      assertEquals(cold.tokens(), warm.tokens(), what);
      List<byte[]> warmBytes = export(engine, hashes);
      for (int i = 0; i < hashes.size(); i++) {
        assertArrayEquals(coldBytes.get(i), warmBytes.get(i), what + ", K/V of block " + i);
      }
    }
  }

  @Test
  void load_blocksOfAnotherEngine_sameBits() {
    EngineConfig config = EngineConfig.of(TestingModels.tiny());
    Random random = new Random(5);
    try (TestingEngine giver = new TestingEngine(config);
        TestingEngine taker = new TestingEngine(config)) {
      TokenIds prompt = prompt(giver, 5 * BLOCK + 17, random);
      List<BlockHash> hashes = hashes(prompt);
      Answer cold = answer(giver.engine(), prompt, hashes);
      List<KvBlock> blocks =
          hashes.stream().map(h -> giver.engine().model().exportBlock(h).orElseThrow()).toList();
      FirstLogits first = new FirstLogits();
      try (EngineSequence sequence = open(taker.engine(), prompt, hashes, first)) {
        assertEquals(new LoadOutcome(5, null), sequence.load(blocks));
        assertEquals(cold, finish(sequence, first));
      }
      assertEquals(cold.tokens(), answer(taker.engine(), prompt, hashes).tokens());
    }
  }

  @Test
  void load_faultyBlock_refusedAndComputedInstead() {
    try (TestingEngine testing = new TestingEngine(EngineConfig.of(TestingModels.tiny()))) {
      Engine engine = testing.engine();
      TokenIds prompt = prompt(testing, 3 * BLOCK + 1, new Random(6));
      List<BlockHash> hashes = hashes(prompt);
      Answer cold = answer(engine, prompt, hashes);
      List<byte[]> good = export(engine, hashes);
      byte[] flipped = good.get(1).clone();
      flipped[flipped.length - 1] ^= 1;
      byte[] short1 = Arrays.copyOf(good.get(1), good.get(1).length - 1);
      engine.model().clearPool();

      for (var faulty :
          List.of(
              new Faulty(flipped, BlockFault.CHECKSUM),
              new Faulty(short1, BlockFault.SHAPE),
              new Faulty(good.get(2), BlockFault.SHAPE),
              new Faulty(new byte[3], BlockFault.FORMAT))) {
        try (EngineSequence sequence = open(engine, prompt, hashes)) {
          List<KvBlock> blocks = List.of(KvBlock.wrap(good.get(0)), KvBlock.wrap(faulty.bytes()));
          assertEquals(new LoadOutcome(1, faulty.fault()), sequence.load(blocks));
          assertEquals(cold.tokens(), finish(sequence, new FirstLogits()).tokens());
        }
        engine.model().clearPool();
      }
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Faulty(byte[] bytes, BlockFault fault) {}

  @Test
  void open_moreThanPool_refusedWithNumbers() {
    EngineConfig config = new EngineConfig(TestingModels.tiny(), Precision.BF16, Device.CPU, 0, 1);
    try (TestingEngine testing = new TestingEngine(config)) {
      TokenIds prompt = prompt(testing, 1_000, new Random(7));
      PoolExhaustedException refused =
          assertThrows(
              PoolExhaustedException.class, () -> open(testing.engine(), prompt, List.of()));
      assertTrue(
          String.valueOf(refused.getMessage()).matches(".*needs 16 blocks.*pool has \\d+.*"));
    }
  }

  @Test
  void prefill_graphFails_sequenceFailsAndOthersGoOn() {
    try (TestingEngine testing = new TestingEngine(EngineConfig.of(TestingModels.tiny()))) {
      Engine engine = testing.engine();
      TokenIds outOfVocabulary = TokenIds.of(1, 2, engine.model().info().vocabularySize());
      try (EngineSequence sequence = open(engine, outOfVocabulary, List.of())) {
        assertThrows(InferenceException.class, sequence::prefill);
      }
      assertEquals(0, engine.model().poolStats().usedBlocks());
      TokenIds prompt = prompt(testing, 100, new Random(10));
      assertEquals(NEW_TOKENS, answer(engine, prompt, hashes(prompt)).tokens().size());
    }
  }

  @Test
  void next_cancelled_finishesAtOnceAndGivesBlocksBack() {
    try (TestingEngine testing = new TestingEngine(EngineConfig.of(TestingModels.tiny()))) {
      Engine engine = testing.engine();
      EngineSequence sequence = open(engine, prompt(testing, 100, new Random(8)), List.of());
      sequence.prefill();
      sequence.cancel();
      assertEquals(FinishReason.CANCELLED, sequence.next().finish());
      sequence.close();
      sequence.close();
      assertEquals(0, engine.model().poolStats().usedBlocks());
    }
  }

  @Test
  void close_engineWithOpenSequence_sequenceFailsAndClosesQuietly() {
    TestingEngine testing = new TestingEngine(EngineConfig.of(TestingModels.tiny()));
    EngineSequence sequence =
        open(testing.engine(), prompt(testing, 100, new Random(9)), List.of());
    testing.close();
    assertThrows(InferenceException.class, sequence::prefill);
    sequence.close();
  }

  /** An engine with a thread of its own. */
  private static final class TestingEngine implements AutoCloseable {
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Engine engine;

    TestingEngine(EngineConfig config) {
      engine = Engine.start(config, thread);
    }

    Engine engine() {
      return engine;
    }

    @Override
    public void close() {
      engine.close();
      thread.shutdown();
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // compared by content below
  private record Answer(int poolTokens, float[] logits, List<Integer> tokens) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Answer that
          && Arrays.equals(logits, that.logits)
          && tokens.equals(that.tokens);
    }

    @Override
    public int hashCode() {
      return tokens.hashCode();
    }
  }

  private static Answer answer(Engine engine, TokenIds prompt, List<BlockHash> hashes) {
    FirstLogits first = new FirstLogits();
    try (EngineSequence sequence = open(engine, prompt, hashes, first)) {
      return finish(sequence, first);
    }
  }

  private static EngineSequence open(Engine engine, TokenIds prompt, List<BlockHash> hashes) {
    return open(engine, prompt, hashes, new FirstLogits());
  }

  private static EngineSequence open(
      Engine engine, TokenIds prompt, List<BlockHash> hashes, FirstLogits first) {
    SamplingParams greedy = SamplingParams.builder().ignoreEos(true).build();
    return engine.open(new SequenceRequest(prompt, hashes, greedy, NEW_TOKENS), first);
  }

  private static Answer finish(EngineSequence sequence, FirstLogits first) {
    List<Integer> tokens = new ArrayList<>();
    GeneratedToken token = sequence.prefill();
    tokens.add(token.tokenId());
    while (token.finish() == null) {
      token = sequence.next();
      tokens.add(token.tokenId());
    }
    return new Answer(sequence.poolTokens(), first.get(), tokens);
  }

  private static List<byte[]> export(Engine engine, List<BlockHash> hashes) {
    return hashes.stream()
        .map(hash -> engine.model().exportBlock(hash).orElseThrow().bytes())
        .toList();
  }

  private static TokenIds prompt(TestingEngine testing, int size, Random random) {
    int vocabulary = testing.engine().model().info().vocabularySize();
    return TokenIds.of(IntStream.range(0, size).map(i -> random.nextInt(vocabulary)).toArray());
  }

  /** Stand-ins for content hashes: one chain per prompt. */
  private static List<BlockHash> hashes(TokenIds prompt) {
    return IntStream.range(0, (prompt.size() - 1) / BLOCK)
        .mapToObj(i -> new BlockHash(prompt.hashCode(), i, 0, 0))
        .toList();
  }
}
