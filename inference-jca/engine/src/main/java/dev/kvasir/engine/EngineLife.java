package dev.kvasir.engine;

import dev.kvasir.engine.schedule.StepLoop;
import dev.kvasir.inference.EngineStoppedException;
import dev.kvasir.inference.InferenceException;
import org.jspecify.annotations.Nullable;

/** The step loop's work, and why it has ended. */
final class EngineLife implements StepLoop.Work {
  private final StepLoop.Work work;
  private volatile @Nullable InferenceException end;

  EngineLife(StepLoop.Work work) {
    this.work = work;
  }

  @Override
  public boolean step() {
    return work.step();
  }

  @Override
  public boolean spareStep() {
    return work.spareStep();
  }

  @Override
  public void end(InferenceException reason) {
    end = reason;
    work.end(reason);
  }

  /**
   * Does nothing until the work has ended. Any thread.
   *
   * @throws InferenceException that says why it has
   */
  void requireServing() {
    InferenceException reason = end;
    if (reason instanceof EngineStoppedException) {
      throw new EngineStoppedException();
    }
    if (reason != null) {
      throw new InferenceException(String.valueOf(reason.getMessage()), reason);
    }
  }
}
