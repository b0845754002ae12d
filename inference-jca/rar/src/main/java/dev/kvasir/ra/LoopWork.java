package dev.kvasir.ra;

import jakarta.resource.spi.work.Work;
import org.jspecify.annotations.Nullable;

/**
 * The engine's step loop as a work of the server: runs while there are steps, or until released.
 */
final class LoopWork implements Work {
  private final Runnable loop;
  private @Nullable Thread runner; // guarded by this

  LoopWork(Runnable loop) {
    this.loop = loop;
  }

  @Override
  public void run() {
    setRunner(Thread.currentThread());
    try {
      loop.run();
    } finally {
      setRunner(null);
    }
  }

  /** Interrupts the loop, if it still runs. */
  @Override
  public synchronized void release() {
    if (runner != null) {
      runner.interrupt();
    }
  }

  private synchronized void setRunner(@Nullable Thread thread) {
    runner = thread;
  }
}
