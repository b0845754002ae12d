package dev.kvasir.ra;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class LoopWorkTest {
  private final CountDownLatch running = new CountDownLatch(1);

  @Test
  void release_loopRuns_loopEnds() throws Exception {
    LoopWork work = new LoopWork(this::loopUntilInterrupted);
    ExecutorService server = Executors.newSingleThreadExecutor();
    try {
      Future<?> ended = server.submit(work);
      running.await();

      work.release();

      ended.get(10, TimeUnit.SECONDS);
    } finally {
      server.shutdownNow();
    }
  }

  @Test
  void release_loopHasEnded_threadIsLeftAlone() {
    LoopWork work = new LoopWork(running::countDown);
    work.run();

    work.release();

    assertFalse(Thread.interrupted());
  }

  private void loopUntilInterrupted() {
    running.countDown();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
