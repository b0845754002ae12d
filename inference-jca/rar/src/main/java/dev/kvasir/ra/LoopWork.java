package dev.kvasir.ra;

import jakarta.resource.spi.work.Work;
import org.jspecify.annotations.Nullable;

/**
 * The engine's step loop as a work of the server: runs while there are steps, or until released.
 */
final class LoopWork implements Work {
  private final Runnable loop;
  private @Nullable Thread runner; // guarded by this
  private boolean begun; // guarded by this

  LoopWork(Runnable loop) {
    this.loop = loop;
  }

  @Override
  public void run() {
    begin(Thread.currentThread());
    try {
      loop.run();
    } finally {
      end();
    }
  }

  /** Runs the loop if the server did not. */
  void runUnlessBegun() {
    if (!hasBegun()) {
      run();
    }
  }

  /** Interrupts the loop, if it still runs. */
  @Override
  public synchronized void release() {
    if (runner != null) {
      runner.interrupt();
    }
  }

  private synchronized void begin(Thread thread) {
    begun = true;
    runner = thread;
  }

  private synchronized void end() {
    runner = null;
  }

  private synchronized boolean hasBegun() {
    return begun;
  }
}
