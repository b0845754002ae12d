package dev.kvasir.ra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

final class WorkManagerExecutorTest {
  private final TestingWorkManager server = new TestingWorkManager();
  private final WorkManagerExecutor executor = new WorkManagerExecutor(server);
  private int runs;

  @Test
  void execute_serverRunsIt_ranOnce() {
    executor.execute(() -> runs++);

    assertEquals(1, runs);
  }

  /** Kvasir was stopped while it answered: the engine hung for all applications ever after. */
  @Test
  void execute_applicationWasStoppedMeanwhile_ranAllTheSame() {
    server.applicationGone = true;

    executor.execute(() -> runs++);

    assertEquals(1, runs);
  }

  @Test
  void execute_serverStopped_rejected() {
    server.stopped = true;

    assertThrows(RejectedExecutionException.class, () -> executor.execute(() -> runs++));
    assertEquals(0, runs);
  }
}
