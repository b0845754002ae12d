package dev.kvasir.ra;

import jakarta.resource.spi.work.WorkAdapter;
import jakarta.resource.spi.work.WorkEvent;
import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkManager;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Gives the engine a thread of the server's. */
record WorkManagerExecutor(WorkManager workManager) implements Executor {
  /*
   * The server notes which application's thread schedules a work, and completes it unrun if that
   * application was stopped meanwhile. But the loop serves all applications, and who waits for it
   * would wait for ever. So it then runs where its end is told: on the thread meant for it.
   */

  /** Returns at once; the loop gets its thread when one is free. */
  @Override
  public void execute(Runnable loop) {
    LoopWork work = new LoopWork(loop);
    WorkAdapter completion =
        new WorkAdapter() {
          @Override
          public void workCompleted(WorkEvent event) {
            work.runUnlessBegun();
          }
        };
    try {
      workManager.scheduleWork(work, WorkManager.INDEFINITE, null, completion);
    } catch (WorkException e) {
      throw new RejectedExecutionException("the server gives the engine no thread", e);
    }
  }
}
