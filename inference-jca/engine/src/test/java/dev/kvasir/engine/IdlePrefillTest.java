package dev.kvasir.engine;

import static dev.kvasir.engine.TestingEngine.hashes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.engine.EngineConfig.Device;
import dev.kvasir.engine.EngineConfig.Precision;
import dev.kvasir.engine.TestingEngine.Answer;
import dev.kvasir.engine.graph.KernelForm;
import dev.kvasir.engine.paged.BlockTable;
import dev.kvasir.engine.schedule.ScheduleLimits;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.IdlePrefill;
import dev.kvasir.inference.TokenIds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A conversation's next turn that finds its history, answers included, prefilled in idle time has
 * the bits of one that computes all of it.
 */
class IdlePrefillTest {
  private static final int BLOCK = BlockTable.BLOCK_SIZE;

  static Stream<Arguments> engines() {
    List<Arguments> engines = new ArrayList<>();
    for (Precision precision : List.of(Precision.F32, Precision.BF16)) {
      for (KernelForm form : KernelForm.values()) {
        engines.add(Arguments.of(TestingModels.tiny(), precision, form, new int[] {30, 400, 505}));
      }
      TestingModels.smolLm2()
          .ifPresent(
              path ->
                  engines.add(Arguments.of(path, precision, KernelForm.ONEDNN, new int[] {470})));
    }
    return engines.stream();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void prefill_behindAnAnswerOfIdleTime_sameBits(
      Path model, Precision precision, KernelForm form, int[] prompts) throws Exception {
    long seed = Long.getLong("kvasir.seed", System.nanoTime());
    Random random = new Random(seed);
    EngineConfig config =
        new EngineConfig(model, precision, Device.CPU, 2_048, 0, ScheduleLimits.DEFAULT, form);
    try (TestingEngine testing = new TestingEngine(config)) {
      for (int size : prompts) {
        String what = "seed %d, %s %s %s %d".formatted(seed, model, precision, form, size);
        TokenIds prompt = testing.prompt(size, random);
        Answer first = testing.answer(prompt, hashes(prompt), 80 + random.nextInt(40));
        TokenIds text = joined(prompt, first.tokens());
        TokenIds turn = joined(text, testing.prompt(1 + random.nextInt(90), random));

        prefillIdle(testing.engine(), prompt, text);
        Answer warm = testing.answer(turn, hashes(turn), 4);
        List<byte[]> warmBytes = testing.export(hashes(turn));
        testing.engine().model().clearPool();
        Answer cold = testing.answer(turn, hashes(turn), 4);

        assertEquals(0, cold.poolTokens(), what);
        assertEquals((text.size() - 1) / BLOCK * BLOCK, warm.poolTokens(), what);
        assertArrayEquals(cold.logits(), warm.logits(), what);
        assertEquals(cold.tokens(), warm.tokens(), what);
        List<byte[]> coldBytes = testing.export(hashes(turn));
        for (int i = 0; i < coldBytes.size(); i++) {
          assertArrayEquals(coldBytes.get(i), warmBytes.get(i), what + ", K/V of block " + i);
        }
      }
    }
  }

  private static void prefillIdle(Engine engine, TokenIds prompt, TokenIds text)
      throws InterruptedException {
    CountDownLatch shared = new CountDownLatch(1);
    List<BlockHash> names = hashes(text);
    engine
        .model()
        .prefillIdle(new IdlePrefill(text, names, hashes(prompt).size(), 0, shared::countDown));
    assertTrue(shared.await(30, TimeUnit.SECONDS), "it was not computed");
  }

  private static TokenIds joined(TokenIds head, List<Integer> tail) {
    return joined(head, TokenIds.of(tail.stream().mapToInt(Integer::intValue).toArray()));
  }

  private static TokenIds joined(TokenIds head, TokenIds tail) {
    return TokenIds.of(
        IntStream.concat(IntStream.of(head.toArray()), IntStream.of(tail.toArray())).toArray());
  }
}
