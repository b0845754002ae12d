package dev.kvasir.engine;

import static dev.kvasir.engine.TestingEngine.finish;
import static dev.kvasir.engine.TestingEngine.hashes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kvasir.engine.EngineConfig.Device;
import dev.kvasir.engine.EngineConfig.Precision;
import dev.kvasir.engine.TestingEngine.Answer;
import dev.kvasir.engine.graph.KernelForm;
import dev.kvasir.engine.paged.BlockTable;
import dev.kvasir.engine.schedule.ScheduleLimits;
import dev.kvasir.inference.Assembly;
import dev.kvasir.inference.AssemblyOutcome;
import dev.kvasir.inference.AssemblyOutcome.Refused;
import dev.kvasir.inference.BlockFault;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvBlock;
import dev.kvasir.inference.KvRun;
import dev.kvasir.inference.TokenIds;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Prompts put together from K/V of others: what is computed again, and what nobody else sees. */
class AssembleTest {
  private static final int BLOCK = BlockTable.BLOCK_SIZE;
  private static final int NEW_TOKENS = 4;
  private static final int FROM = 70; // of the passage in the donor
  private static final int COUNT = 200;

  static Stream<Arguments> engines() {
    return Stream.of(Precision.F32, Precision.BF16)
        .flatMap(
            numbers -> Stream.of(KernelForm.values()).map(form -> Arguments.of(numbers, form)));
  }

  private static EngineConfig config(Precision precision, KernelForm form) {
    return new EngineConfig(
        TestingModels.tiny(), precision, Device.CPU, 2_048, 0, ScheduleLimits.DEFAULT, form);
  }

  /**
   * A prompt with a passage in it, and a run of the passage's rows as another one computed them.
   */
  private record Moved(TokenIds prompt, KvRun run) {
    static Moved of(TestingEngine testing, int position, int size, Random random) {
      TokenIds donor = testing.prompt(FROM + COUNT + BLOCK, random);
      List<BlockHash> names = hashes(donor);
      testing.answer(donor, names, 1);
      int firstBlock = FROM / BLOCK;
      int blocks = (FROM + COUNT - 1) / BLOCK - firstBlock + 1;
      List<KvBlock> held =
          testing.export(names.subList(firstBlock, firstBlock + blocks)).stream()
              .map(KvBlock::wrap)
              .toList();
      int[] prompt = testing.prompt(size, random).toArray();
      System.arraycopy(donor.toArray(), FROM, prompt, position, COUNT);
      TokenIds tokens = donor.slice(firstBlock * BLOCK, (firstBlock + blocks) * BLOCK);
      return new Moved(
          TokenIds.of(prompt), new KvRun(held, firstBlock, tokens, FROM, position, COUNT));
    }

    Assembly recomputing(int from, int to) {
      BitSet recomputed = new BitSet();
      recomputed.set(from, to);
      return new Assembly(List.of(run), recomputed, 0);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void prefill_allRowsRecomputed_ordinaryBits(Precision precision, KernelForm form) {
    try (TestingEngine testing = new TestingEngine(config(precision, form))) {
      Random random = new Random(1);
      for (int position : new int[] {0, 130, 450}) {
        Moved moved = Moved.of(testing, position, 450 + COUNT + 39, random);
        Answer ordinary = testing.answer(moved.prompt(), List.of(), NEW_TOKENS);
        FirstLogits first = new FirstLogits();
        try (EngineSequence sequence = testing.open(moved.prompt(), List.of(), NEW_TOKENS, first)) {
          assertEquals(
              new AssemblyOutcome(0, COUNT, List.of()),
              sequence.assemble(moved.recomputing(0, moved.prompt().size())));
          assertEquals(ordinary, finish(sequence, first), "passage at " + position);
        }
      }
    }
  }

  @Test
  void prefill_exactBlocksBefore_foundAndStillExact() {
    try (TestingEngine testing = new TestingEngine(config(Precision.F32, KernelForm.ONEDNN))) {
      Moved moved = Moved.of(testing, 3 * BLOCK + 5, 600, new Random(2));
      List<BlockHash> names = hashes(moved.prompt());
      testing.answer(moved.prompt().slice(0, 2 * BLOCK + 1), names.subList(0, 2), 1);
      FirstLogits first = new FirstLogits();
      try (EngineSequence sequence =
          testing.open(moved.prompt(), names.subList(0, 3), NEW_TOKENS, first)) {
        assertEquals(2 * BLOCK, sequence.poolTokens());
        AssemblyOutcome outcome = sequence.assemble(moved.recomputing(0, 3 * BLOCK + 5 + 16));
        assertEquals(new AssemblyOutcome(COUNT - 16, 16, List.of()), outcome);
        finish(sequence, first);
      }
      assertEquals(3, testing.engine().model().countLeadingBlocks(names), "no approximate one");
      List<byte[]> beside = testing.export(names.subList(0, 3));
      testing.engine().model().clearPool();
      testing.answer(moved.prompt(), names, 1);
      List<byte[]> exact = testing.export(names.subList(0, 3));
      for (int i = 0; i < beside.size(); i++) {
        assertArrayEquals(exact.get(i), beside.get(i), "block " + i);
      }
    }
  }

  @Test
  void prefill_rowsOfAnotherContext_anotherAnswerThatLeavesNothing() {
    try (TestingEngine testing = new TestingEngine(config(Precision.F32, KernelForm.ONEDNN))) {
      Moved moved = Moved.of(testing, 130, 400, new Random(3));
      List<BlockHash> names = hashes(moved.prompt());
      Answer exact = testing.answer(moved.prompt(), List.of(), NEW_TOKENS);
      FirstLogits first = new FirstLogits();
      try (EngineSequence sequence = testing.open(moved.prompt(), List.of(), NEW_TOKENS, first)) {
        sequence.assemble(moved.recomputing(0, 0));
        assertNotEquals(exact, finish(sequence, first), "K/V depends on what stood before");
      }
      assertEquals(0, testing.engine().model().countLeadingBlocks(names));
      assertEquals(0, testing.engine().model().poolStats().usedBlocks());
      Answer after = testing.answer(moved.prompt(), names, NEW_TOKENS);
      assertEquals(0, after.poolTokens());
      assertEquals(exact, after);
    }
  }

  @Test
  void assemble_wrongBlocks_leftOutAndComputed() {
    try (TestingEngine testing = new TestingEngine(config(Precision.F32, KernelForm.ONEDNN))) {
      Moved moved = Moved.of(testing, 130, 400, new Random(4));
      Answer exact = testing.answer(moved.prompt(), List.of(), NEW_TOKENS);
      KvRun run = moved.run();
      byte[] flipped = run.blocks().get(1).bytes().clone();
      flipped[flipped.length - 1] ^= 1;
      List<KvBlock> broken =
          List.of(run.blocks().get(0), KvBlock.wrap(flipped), run.blocks().get(2));
      KvRun faulty = new KvRun(broken, 1, run.tokens().slice(0, 3 * BLOCK), FROM, 130, 100);
      KvRun elsewhere = new KvRun(run.blocks(), 1, run.tokens(), FROM, 129, COUNT);
      refuses(testing, moved, faulty, new Refused(0, 1, BlockFault.CHECKSUM), exact);
      refuses(testing, moved, elsewhere, new Refused(0, 0, BlockFault.TOKENS), exact);
    }
  }

  private static void refuses(
      TestingEngine testing, Moved moved, KvRun run, Refused refused, Answer exact) {
    FirstLogits first = new FirstLogits();
    try (EngineSequence sequence = testing.open(moved.prompt(), List.of(), NEW_TOKENS, first)) {
      assertEquals(
          new AssemblyOutcome(0, 0, List.of(refused)),
          sequence.assemble(new Assembly(List.of(run), new BitSet(), 0)));
      assertEquals(exact, finish(sequence, first));
    }
  }

  @Test
  void assemble_underAName_refused() {
    try (TestingEngine testing = new TestingEngine(config(Precision.F32, KernelForm.ONEDNN))) {
      Moved moved = Moved.of(testing, 130, 400, new Random(5));
      List<BlockHash> names = hashes(moved.prompt());
      try (EngineSequence sequence =
          testing.open(moved.prompt(), names.subList(0, 3), NEW_TOKENS, new FirstLogits())) {
        IllegalArgumentException refused =
            assertThrows(
                IllegalArgumentException.class, () -> sequence.assemble(moved.recomputing(0, 0)));
        assertEquals(
            "approximate rows begin at position 130, but 192 positions are named by their content",
            refused.getMessage());
      }
    }
  }

  @Test
  void assembly_runsOverlap_refused() {
    TokenIds tokens = TokenIds.of(IntStream.range(0, BLOCK).toArray());
    KvRun run = new KvRun(List.of(KvBlock.wrap(new byte[0])), 0, tokens, 0, 10, 20);
    KvRun over = new KvRun(run.blocks(), 0, tokens, 0, 29, 20);
    assertThrows(
        IllegalArgumentException.class, () -> new Assembly(List.of(run, over), new BitSet(), 0));
    for (double share : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThrows(
          IllegalArgumentException.class, () -> new Assembly(List.of(run), new BitSet(), share));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> new KvRun(run.blocks(), 0, tokens, 50, 10, 20)); // behind the block's rows
  }
}
