package dev.kvasir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.engine.EngineConfig.Device;
import dev.kvasir.engine.EngineConfig.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link EngineConfig} says of the default pool: 16 sequences of 2,048 tokens fit. */
class PoolSizeTest {
  private static final int SEQUENCES = 16;
  private static final int CONTEXT = 2_048;
  private static final int BLOCKS = SEQUENCES * CONTEXT / 64;
  private static final int NEW_TOKENS = 49; // the last one's K/V is never computed

  static Stream<Path> models() {
    return Stream.of(Optional.of(TestingModels.tiny()), TestingModels.smolLm2())
        .flatMap(Optional::stream);
  }

  @ParameterizedTest
  @MethodSource("models")
  void open_sixteenWholeContexts_allAreLetIn(Path model) {
    try (TestingEngine testing = new TestingEngine(config(model))) {
      List<EngineSequence> open = new ArrayList<>();
      for (int i = 0; i < SEQUENCES; i++) { // each would wait if the blocks were not there
        open.add(
            testing.open(
                testing.prompt(CONTEXT - 1, new Random(i)), List.of(), 1, new FirstLogits()));
      }
      open.forEach(EngineSequence::close);
      assertEquals(BLOCKS, testing.engine().model().poolStats().capacityBlocks());
    }
  }

  @Test
  void next_sixteenUpToTheContextsEnd_nobodyIsPreempted() {
    try (TestingEngine testing = new TestingEngine(config(TestingModels.tiny()))) {
      List<EngineSequence> running = new ArrayList<>();
      for (int i = 0; i < SEQUENCES; i++) {
        running.add(
            testing.open(
                testing.prompt(CONTEXT + 1 - NEW_TOKENS, new Random(i)),
                List.of(),
                NEW_TOKENS,
                new FirstLogits()));
      }
      boolean[] ended = new boolean[SEQUENCES];
      for (int i = 0; i < SEQUENCES; i++) {
        ended[i] = running.get(i).prefill().finish() != null;
      }
      assertEquals(BLOCKS, testing.engine().model().poolStats().usedBlocks());
      for (int token = 1; token < NEW_TOKENS; token++) {
        for (int i = 0; i < SEQUENCES; i++) {
          ended[i] = ended[i] || running.get(i).next().finish() != null;
        }
      }
      running.forEach(EngineSequence::close);
      assertEquals(0, testing.engine().model().stats().preemptions());
    }
  }

  private static EngineConfig config(Path model) {
    return new EngineConfig(model, Precision.AUTO, Device.CPU, CONTEXT, 0);
  }
}
