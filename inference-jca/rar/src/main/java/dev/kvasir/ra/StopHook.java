package dev.kvasir.ra;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ends answers when the JVM is told to end, while their clients can still be told. */
final class StopHook implements AutoCloseable {
  /*
   * A server that stops waits for requests on their way, then closes their connections, and only then stops adapters:
   * an answer that takes longer than the server's patience (30 s on Open Liberty) would break off without a word. So
   * answers have a grace shorter than that, and are then ended with an error, which their clients hear. Only the JVM
   * tells an adapter that early, by a shutdown hook; an adapter that is stopped first needs none any more.
   */

  private final CountDownLatch adapterStopped = new CountDownLatch(1);
  private final Thread hook;

  private StopHook(Runnable endAnswers, Duration grace) {
    hook = new Thread(() -> run(endAnswers, grace), "kvasir-stop");
  }

  /**
   * Sets the hook.
   *
   * @param endAnswers ends all sequences with an error
   * @param grace how long they may still take
   */
  static StopHook set(Runnable endAnswers, Duration grace) {
    StopHook set = new StopHook(endAnswers, grace);
    Runtime.getRuntime().addShutdownHook(set.hook);
    return set;
  }

  private void run(Runnable endAnswers, Duration grace) {
    try {
      if (!adapterStopped.await(grace.toMillis(), TimeUnit.MILLISECONDS)) {
        endAnswers.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes the hook away, or lets it end at once where it runs. */
  @Override
  public void close() {
    adapterStopped.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (
        IllegalStateException ignored) { // the JVM is ending: the hook runs, and sees the latch
    }
  }
}
