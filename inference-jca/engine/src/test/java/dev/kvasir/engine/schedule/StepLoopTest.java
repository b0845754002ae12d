package dev.kvasir.engine.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.inference.InferenceException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class StepLoopTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final StepLoop loop = new StepLoop(threads);

  @AfterEach
  void stop() {
    loop.close();
    threads.shutdownNow();
  }

  @Test
  void call_anyThread_runsOnTheOneThread() {
    Thread first = loop.call(Thread::currentThread);
    Thread second =
        CompletableFuture.supplyAsync(() -> loop.call(Thread::currentThread), threads).join();
    assertSame(first, second);
  }

  @Test
  void call_idleForAMoment_threadGivenBackAndBorrowedAgain() throws InterruptedException {
    CountDownLatch givenBack = new CountDownLatch(1);
    Executor lender =
        run ->
            threads.execute(
                () -> {
                  run.run();
                  givenBack.countDown();
                });
    try (StepLoop borrowing = new StepLoop(lender)) {
      assertEquals(1, borrowing.call(() -> 1));
      givenBack.await();
      assertEquals(2, borrowing.call(() -> 2));
    }
  }

  @Test
  void call_commandFails_callerSeesItAndLoopGoesOn() {
    IllegalStateException failure = new IllegalStateException("planted");
    assertSame(
        failure,
        assertThrows(
            IllegalStateException.class,
            () ->
                loop.call(
                    () -> {
                      throw failure;
                    })));
    assertEquals(1, loop.call(() -> 1));
  }

  @Test
  void callWhenPossible_notYet_waitsInOrderUntilRetried() {
    AtomicInteger free = new AtomicInteger();
    List<String> order = new CopyOnWriteArrayList<>();
    CompletableFuture<String> first = waiting("first", 2, free, order);
    while (loop.call(() -> order.isEmpty())) {
      Thread.onSpinWait(); // until the first attempt was made
    }
    CompletableFuture<String> second = waiting("second", 1, free, order);
    loop.callUnlessStopped(() -> free.set(1));
    loop.callUnlessStopped(loop::retryWaiting); // one is not enough for the first, nobody overtakes
    assertNull(first.getNow(null));
    assertNull(second.getNow(null));

    loop.callUnlessStopped(() -> free.set(3));
    loop.callUnlessStopped(loop::retryWaiting);

    assertEquals("first", first.join());
    assertEquals("second", second.join());
  }

  private CompletableFuture<String> waiting(
      String name, int needed, AtomicInteger free, List<String> order) {
    return CompletableFuture.supplyAsync(
        () ->
            loop.callWhenPossible(
                () -> {
                  order.add(name);
                  return free.get() >= needed && free.addAndGet(-needed) >= 0 ? name : null;
                }),
        threads);
  }

  @Test
  void callWhenPossible_attemptBreaks_callerSeesItAndLoopGoesOn() {
    assertThrows(
        InferenceException.class,
        () ->
            loop.callWhenPossible(
                () -> {
                  throw new AssertionError("planted");
                }));
    assertEquals(1, loop.call(() -> 1));
  }

  @Test
  void close_waitingAndLaterCalls_failWithReason() {
    AtomicInteger attempts = new AtomicInteger();
    CompletableFuture<Object> waiting =
        CompletableFuture.supplyAsync(
            () ->
                loop.callWhenPossible(
                    () -> {
                      attempts.incrementAndGet();
                      return null;
                    }),
            threads);
    while (attempts.get() == 0) {
      Thread.onSpinWait();
    }
    loop.close();

    CompletionException failure = assertThrows(CompletionException.class, waiting::join);
    assertTrue(failure.getCause() instanceof InferenceException);
    assertThrows(InferenceException.class, () -> loop.call(() -> 1));
    loop.callUnlessStopped(() -> assertTrue(false, "never runs"));
    loop.close();
  }
}
