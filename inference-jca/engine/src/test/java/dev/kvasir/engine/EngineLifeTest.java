package dev.kvasir.engine;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.engine.schedule.StepLoop;
import dev.kvasir.inference.InferenceException;
import org.junit.jupiter.api.Test;

final class EngineLifeTest {
  private final EngineLife life = new EngineLife(new BreakingWork());

  @Test
  void requireServing_aStepBreaks_saysWhy() {
    StepLoop loop = new StepLoop(EngineLifeTest::runAndBreak, life);
    assertDoesNotThrow(life::requireServing);

    loop.wake();

    InferenceException reason = assertThrows(InferenceException.class, life::requireServing);
    assertTrue(String.valueOf(reason.getMessage()).contains("KVASIR-EN03"), reason::toString);
  }

  @Test
  void requireServing_stopped_saysSo() {
    new StepLoop(Runnable::run, life).close();

    assertThrows(InferenceException.class, life::requireServing);
  }

  private static void runAndBreak(Runnable loop) {
    assertThrows(IllegalStateException.class, loop::run);
  }

  private static final class BreakingWork implements StepLoop.Work {
    @Override
    public boolean step() {
      throw new IllegalStateException("planted");
    }

    @Override
    public boolean spareStep() {
      return false;
    }

    @Override
    public void end(InferenceException reason) {}
  }
}
