package dev.kvasir.engine.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.inference.InferenceException;
import java.util.concurrent.CompletableFuture;
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
  private final TestingWork work = new TestingWork();
  private final StepLoop loop = new StepLoop(threads, work);

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
    try (StepLoop borrowing = new StepLoop(lender, new TestingWork())) {
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
  void step_workLeft_runsBetweenCommandsUntilDone() {
    work.left.set(3);
    assertEquals(1, loop.call(() -> 1));
    while (loop.call(work.left::get) > 0) {
      Thread.onSpinWait(); // until the steps are done
    }
    assertEquals(0, work.left.get());
  }

  @Test
  void await_completedByLaterStep_callerWaitsForIt() {
    assertEquals(
        "late", loop.<String>await(outcome -> work.whenSteps(() -> outcome.complete("late"))));
  }

  @Test
  void await_commandBreaks_callerSeesItAndLoopGoesOn() {
    assertThrows(
        InferenceException.class,
        () ->
            loop.await(
                outcome -> {
                  throw new AssertionError("planted");
                }));
    assertEquals(1, loop.call(() -> 1));
  }

  @Test
  void await_notInTime_givesUp() {
    assertEquals(
        "given up", loop.<String>await(never -> {}, patience(1), o -> o.complete("given up")));
  }

  private static Patience patience(long nanos) {
    return new Patience(nanos, () -> true);
  }

  @Test
  void await_notWantedAnyMore_givesUp() {
    Patience unwanted = new Patience(Long.MAX_VALUE, () -> false);
    assertEquals(
        "given up", loop.<String>await(never -> {}, unwanted, o -> o.complete("given up")));
  }

  @Test
  void await_completedBeforeItGivesUp_resultCounts() {
    String result =
        loop.await(
            never -> {},
            patience(1),
            outcome -> {
              outcome.complete("after all");
              outcome.complete("given up");
            });
    assertEquals("after all", result);
  }

  @Test
  void await_interrupted_givesUpAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    String result = loop.await(never -> {}, patience(Long.MAX_VALUE), o -> o.complete("given up"));
    assertEquals("given up", result);
    assertTrue(Thread.interrupted(), "the interrupt is the caller's");
  }

  @Test
  void await_commandRefuses_toldAtOnce() {
    IllegalStateException failure = new IllegalStateException("planted");
    assertSame(
        failure,
        assertThrows(
            IllegalStateException.class,
            () ->
                loop.await(
                    outcome -> {
                      throw failure;
                    },
                    patience(Long.MAX_VALUE),
                    outcome -> {})));
  }

  @Test
  void close_workAndLaterCalls_endWithReason() {
    loop.call(() -> 1);
    loop.close();

    assertTrue(String.valueOf(work.ended.getMessage()).contains("stopped"));
    assertThrows(InferenceException.class, () -> loop.call(() -> 1));
    loop.callUnlessStopped(() -> assertTrue(false, "never runs"));
    loop.wake();
    loop.close();
  }

  @Test
  void close_workCannotBeEnded_returnsAndSaysSo() {
    StepLoop unending = new StepLoop(threads, new UnendingWork());
    assertEquals(1, unending.call(() -> 1));

    assertThrows(IllegalStateException.class, unending::close);

    assertThrows(InferenceException.class, () -> unending.call(() -> 1));
  }

  @Test
  void call_noThread_toldWhyAndCloses() {
    StepLoop threadless =
        new StepLoop(
            run -> {
              throw new OutOfMemoryError("planted: no thread");
            },
            work);

    InferenceException failure =
        assertThrows(InferenceException.class, () -> threadless.call(() -> 1));

    assertTrue(String.valueOf(failure.getMessage()).contains("KVASIR-EN03"));
    assertThrows(InferenceException.class, () -> threadless.call(() -> 1));
    threadless.close();
  }

  @Test
  void step_breaks_everybodyIsToldWhy() {
    work.whenSteps(
        () -> {
          throw new IllegalStateException("planted");
        });
    loop.wake();
    while (!String.valueOf(work.ended.getMessage()).contains("KVASIR-EN03")) {
      Thread.onSpinWait();
    }
    InferenceException later = assertThrows(InferenceException.class, () -> loop.call(() -> 1));
    assertTrue(String.valueOf(later.getMessage()).contains("KVASIR-EN03"));
  }

  @Test
  void spareStep_commandComes_runsBeforeTheNextOne() {
    work.spareSteps.set(1_000);
    AtomicInteger left = new AtomicInteger();
    CountDownLatch seen = new CountDownLatch(1);
    work.onSpareStep = // while it runs
        () -> {
          if (work.spareSteps.get() == 900) {
            left.set(900);
            loop.tell(
                () -> {
                  left.set(work.spareSteps.get());
                  seen.countDown();
                });
          }
        };
    loop.wake();
    awaitQuietly(seen);
    assertEquals(899, left.get());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void close_spareStepsLeft_endsThemAtOnce() {
    work.spareSteps.set(Integer.MAX_VALUE);
    CountDownLatch begun = new CountDownLatch(1);
    work.onSpareStep = begun::countDown;
    loop.wake();
    awaitQuietly(begun);

    loop.close();

    assertTrue(work.spareSteps.get() > 0);
  }

  @Test
  void spareStep_threadIsWantedBack_stops() {
    work.spareSteps.set(Integer.MAX_VALUE);
    work.onSpareStep = () -> Thread.currentThread().interrupt();
    loop.wake();
    while (!String.valueOf(work.ended.getMessage()).contains("stopped")) {
      Thread.onSpinWait();
    }
    assertThrows(InferenceException.class, () -> loop.call(() -> 1));
  }

  private static final class UnendingWork implements StepLoop.Work {
    @Override
    public boolean step() {
      return false;
    }

    @Override
    public boolean spareStep() {
      return false;
    }

    @Override
    public void end(InferenceException reason) {
      throw new IllegalStateException("planted");
    }
  }

  /** Counts down, and notes how it was ended. */
  private static final class TestingWork implements StepLoop.Work {
    final AtomicInteger left = new AtomicInteger();
    final AtomicInteger spareSteps = new AtomicInteger();
    volatile InferenceException ended = new InferenceException("not yet");
    volatile Runnable onSpareStep = () -> {};
    private volatile Runnable onStep = () -> {};

    void whenSteps(Runnable action) {
      onStep = action;
      left.incrementAndGet();
    }

    @Override
    public boolean step() {
      onStep.run();
      return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }

    @Override
    public boolean spareStep() {
      onSpareStep.run();
      return spareSteps.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }

    @Override
    public void end(InferenceException reason) {
      ended = reason;
    }
  }
}
