package dev.kvasir.ra;

import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkManager;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Gives the engine a thread of the server's. */
record WorkManagerExecutor(WorkManager workManager) implements Executor {
  /** Returns once the loop has its thread. */
  @Override
  public void execute(Runnable loop) {
    try {
      workManager.startWork(new LoopWork(loop));
    } catch (WorkException e) {
      throw new RejectedExecutionException("the server gives the engine no thread", e);
    }
  }
}
