package dev.kvasir.engine;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.inference.InferenceException;
import dev.kvasir.inference.SamplingParams;
import dev.kvasir.inference.SequenceRequest;
import dev.kvasir.inference.TokenIds;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An engine whose graph fails, as it does for a token that the vocabulary has not: this far inside
 * nobody checks that any more.
 */
@Timeout(60)
final class EngineFailureTest {
  private static final TokenIds HEALTHY = TokenIds.of(20, 30, 40, 50);
  private static final TokenIds BROKEN = TokenIds.of(20, 1_000_000);

  private static final SamplingParams GREEDY = SamplingParams.builder().ignoreEos(true).build();

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Engine engine = Engine.start(EngineConfig.of(TestingModels.tiny()), threads);

  @AfterEach
  void close() {
    engine.close();
    threads.shutdown();
  }

  @Test
  void step_oneFails_othersGoOnAndItServes() {
    int expected = firstToken(HEALTHY);
    try (EngineSequence other = open(HEALTHY)) {
      assertEquals(expected, other.prefill().tokenId());
      assertThrows(InferenceException.class, () -> firstToken(BROKEN));
      other.next();
    }
    assertDoesNotThrow(engine.model()::requireServing);
    assertEquals(0, engine.model().poolStats().usedBlocks());
  }

  @Test
  void steps_allFail_doesNotServeUntilOneWorks() {
    int expected = firstToken(HEALTHY);
    for (int i = 0; i < WatchedGraph.MOST_FAILURES; i++) {
      assertDoesNotThrow(engine.model()::requireServing);
      assertThrows(InferenceException.class, () -> firstToken(BROKEN));
    }

    InferenceException reason =
        assertThrows(InferenceException.class, engine.model()::requireServing);
    assertTrue(
        String.valueOf(reason.getMessage()).startsWith("8 steps of the graph failed"),
        reason::toString);

    assertEquals(expected, firstToken(HEALTHY));
    assertDoesNotThrow(engine.model()::requireServing);
  }

  private int firstToken(TokenIds prompt) {
    try (EngineSequence sequence = open(prompt)) {
      return sequence.prefill().tokenId();
    }
  }

  private EngineSequence open(TokenIds prompt) {
    return engine.open(new SequenceRequest(prompt, List.of(), GREEDY, 4));
  }
}
