package dev.kvasir.engine.schedule;

import dev.kvasir.inference.GeneratedToken;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Hands an answer's tokens from the loop's thread to the one that asked for it. Holds a few: the
 * loop runs ahead of a slow reader, but not far.
 */
final class Outbox {
  private static final int CAPACITY = 32;
  private static final long LOOK_MILLIS = 1_000;

  private final Deque<GeneratedToken> tokens = new ArrayDeque<>(); // guarded by this
  private @Nullable RuntimeException failure; // guarded by this

  /** Whether the reader is too far behind for another token. */
  synchronized boolean isFull() {
    return tokens.size() >= CAPACITY;
  }

  synchronized boolean isEmpty() {
    return tokens.isEmpty() && failure == null;
  }

  synchronized void offer(GeneratedToken token) {
    tokens.add(token);
    notifyAll();
  }

  /** Drops what was not taken: this one is all that still comes. */
  synchronized void endWith(GeneratedToken token) {
    tokens.clear();
    offer(token);
  }

  /** Ends the answer; tokens that came before can still be taken. The first failure counts. */
  synchronized void fail(RuntimeException reason) {
    if (failure == null) {
      failure = reason;
    }
    notifyAll();
  }

  /**
   * Waits for the next token; an interrupt does not end that, as whoever stops the loop fails all
   * outboxes.
   *
   * @param madeRoom told when the outbox was full before
   * @param waiting told about once a second while no token is there
   * @throws RuntimeException the failure, if no token comes any more
   */
  GeneratedToken take(Runnable madeRoom, Runnable waiting) {
    boolean wasFull;
    GeneratedToken token;
    boolean interrupted = false;
    while (isEmpty()) {
      try {
        awaitChange();
      } catch (InterruptedException e) {
        interrupted = true;
      }
      if (isEmpty()) {
        waiting.run();
      }
    }
    synchronized (this) {
      wasFull = isFull();
      token = tokens.poll();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (token == null) {
      throw failure();
    }
    if (wasFull) {
      madeRoom.run();
    }
    return token;
  }

  @SuppressWarnings("WaitNotInLoop") // the caller's
  private synchronized void awaitChange() throws InterruptedException {
    if (isEmpty()) {
      wait(LOOK_MILLIS);
    }
  }

  private synchronized RuntimeException failure() {
    return java.util.Objects.requireNonNull(failure);
  }
}
