package dev.kvasir.ra;

import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkManager;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Gives the engine a thread of the server's. */
record WorkManagerExecutor(WorkManager workManager) implements Executor {
  /** Returns at once; the loop gets its thread when one is free. */
  @Override
  public void execute(Runnable loop) {
    try {
      workManager.scheduleWork(new LoopWork(loop));
    } catch (WorkException e) {
      throw new RejectedExecutionException("the server gives the engine no thread", e);
    }
  }
}
