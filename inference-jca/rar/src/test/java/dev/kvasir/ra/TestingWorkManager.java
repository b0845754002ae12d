package dev.kvasir.ra;

import jakarta.resource.spi.work.ExecutionContext;
import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkCompletedException;
import jakarta.resource.spi.work.WorkEvent;
import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkListener;
import jakarta.resource.spi.work.WorkManager;
import jakarta.resource.spi.work.WorkRejectedException;
import org.jspecify.annotations.Nullable;

/** Runs works at once; or not at all, as servers do for an application that is gone. */
final class TestingWorkManager implements WorkManager {
  boolean applicationGone;
  boolean stopped;

  @Override
  public void scheduleWork(
      Work work, long startTimeout, @Nullable ExecutionContext context, WorkListener listener)
      throws WorkException {
    if (stopped) {
      throw new WorkRejectedException("stopped");
    }
    WorkException failure = null;
    if (applicationGone) {
      failure = new WorkCompletedException("the application is gone");
    } else {
      work.run();
    }
    listener.workCompleted(new WorkEvent(this, WorkEvent.WORK_COMPLETED, work, failure));
  }

  @Override
  public void scheduleWork(Work work) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void doWork(Work work) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void doWork(
      Work work, long startTimeout, ExecutionContext context, WorkListener listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long startWork(Work work) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long startWork(
      Work work, long startTimeout, ExecutionContext context, WorkListener listener) {
    throw new UnsupportedOperationException();
  }
}
