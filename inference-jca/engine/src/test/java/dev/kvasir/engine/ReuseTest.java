package dev.kvasir.engine;

import static dev.kvasir.engine.TestingEngine.finish;
import static dev.kvasir.engine.TestingEngine.hashes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.engine.EngineConfig.Device;
import dev.kvasir.engine.EngineConfig.Precision;
import dev.kvasir.engine.TestingEngine.Answer;
import dev.kvasir.engine.graph.KernelForm;
import dev.kvasir.engine.paged.BlockTable;
import dev.kvasir.engine.schedule.ScheduleLimits;
import dev.kvasir.inference.BlockFault;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.FinishReason;
import dev.kvasir.inference.InferenceException;
import dev.kvasir.inference.KvBlock;
import dev.kvasir.inference.LoadOutcome;
import dev.kvasir.inference.PoolExhaustedException;
import dev.kvasir.inference.TokenIds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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
        assertSameBits(testing, testing.prompt(cached + suffix, random), "seed " + seed);
      }
    }
  }

  @Test
  void prefill_beyondTwoChunksOfSmolLm2_sameBits() {
    Path model = TestingModels.orNotRun("SmolLM2", TestingModels.smolLm2());
    EngineConfig config = new EngineConfig(model, Precision.AUTO, Device.CPU, 2_048, 0);
    try (TestingEngine testing = new TestingEngine(config)) {
      assertSameBits(testing, testing.prompt(1_100, new Random(11)), "seed 11");
    }
  }

  private static void assertSameBits(TestingEngine testing, TokenIds prompt, String seed) {
    Engine engine = testing.engine();
    List<BlockHash> hashes = hashes(prompt);
    engine.model().clearPool();
    Answer cold = testing.answer(prompt, hashes, NEW_TOKENS);
    List<byte[]> coldBytes = testing.export(hashes);
    for (int reused = 0; reused <= hashes.size(); reused += Math.max(1, hashes.size() / 3)) {
      engine.model().clearPool();
      testing.answer(prompt, hashes.subList(0, reused), NEW_TOKENS);
      Answer warm = testing.answer(prompt, hashes, NEW_TOKENS);
      String what = "%d tokens, %d blocks reused, %s".formatted(prompt.size(), reused, seed);
      assertEquals(reused * BLOCK, warm.poolTokens(), what);
      assertArrayEquals(cold.logits(), warm.logits(), what);
      assertEquals(cold.tokens(), warm.tokens(), what);
      List<byte[]> warmBytes = testing.export(hashes);
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
      TokenIds prompt = giver.prompt(5 * BLOCK + 17, random);
      List<BlockHash> hashes = hashes(prompt);
      Answer cold = giver.answer(prompt, hashes, NEW_TOKENS);
      List<KvBlock> blocks =
          hashes.stream().map(h -> giver.engine().model().exportBlock(h).orElseThrow()).toList();
      FirstLogits first = new FirstLogits();
      try (EngineSequence sequence = taker.open(prompt, hashes, NEW_TOKENS, first)) {
        assertEquals(new LoadOutcome(5, null), sequence.load(blocks));
        assertEquals(cold, finish(sequence, first));
      }
      assertEquals(cold.tokens(), taker.answer(prompt, hashes, NEW_TOKENS).tokens());
    }
  }

  @Test
  void load_faultyBlock_refusedAndComputedInstead() {
    try (TestingEngine testing = new TestingEngine(EngineConfig.of(TestingModels.tiny()))) {
      Engine engine = testing.engine();
      TokenIds prompt = testing.prompt(3 * BLOCK + 1, new Random(6));
      List<BlockHash> hashes = hashes(prompt);
      Answer cold = testing.answer(prompt, hashes, NEW_TOKENS);
      List<byte[]> good = testing.export(hashes);
      byte[] flipped = good.get(1).clone();
      flipped[flipped.length - 1] ^= 1;
      byte[] short1 = Arrays.copyOf(good.get(1), good.get(1).length - 1);
      TokenIds another = testing.prompt(3 * BLOCK + 1, new Random(7));
      Answer unused = testing.answer(another, hashes(another), 1);
      byte[] forged = testing.export(hashes(another)).get(1); // as if both had one name
      engine.model().clearPool();

      for (var faulty :
          List.of(
              new Faulty(flipped, BlockFault.CHECKSUM),
              new Faulty(short1, BlockFault.SHAPE),
              new Faulty(good.get(2), BlockFault.SHAPE),
              new Faulty(forged, BlockFault.TOKENS),
              new Faulty(new byte[3], BlockFault.FORMAT))) {
        try (EngineSequence sequence =
            testing.open(prompt, hashes, NEW_TOKENS, new FirstLogits())) {
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
      TokenIds prompt = testing.prompt(1_000, new Random(7));
      PoolExhaustedException refused =
          assertThrows(
              PoolExhaustedException.class,
              () -> testing.open(prompt, List.of(), NEW_TOKENS, new FirstLogits()));
      assertTrue(
          String.valueOf(refused.getMessage()).matches(".*needs 16 blocks.*pool has \\d+.*"));
    }
  }

  @Test
  void prefill_graphFails_sequenceFailsAndOthersGoOn() {
    try (TestingEngine testing = new TestingEngine(EngineConfig.of(TestingModels.tiny()))) {
      Engine engine = testing.engine();
      TokenIds outOfVocabulary = TokenIds.of(1, 2, engine.model().info().vocabularySize());
      try (EngineSequence sequence =
          testing.open(outOfVocabulary, List.of(), NEW_TOKENS, new FirstLogits())) {
        assertThrows(InferenceException.class, sequence::prefill);
      }
      assertEquals(0, engine.model().poolStats().usedBlocks());
      TokenIds prompt = testing.prompt(100, new Random(10));
      assertEquals(NEW_TOKENS, testing.answer(prompt, hashes(prompt), NEW_TOKENS).tokens().size());
    }
  }

  @Test
  void next_cancelled_finishesAtOnceAndGivesBlocksBack() {
    try (TestingEngine testing = new TestingEngine(EngineConfig.of(TestingModels.tiny()))) {
      Engine engine = testing.engine();
      EngineSequence sequence =
          testing.open(
              testing.prompt(100, new Random(8)), List.of(), NEW_TOKENS, new FirstLogits());
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
        testing.open(testing.prompt(100, new Random(9)), List.of(), NEW_TOKENS, new FirstLogits());
    testing.close();
    assertThrows(InferenceException.class, sequence::prefill);
    sequence.close();
  }
}
