package dev.kvasir.cache.queue;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.QueueStats;
import dev.kvasir.cache.Refusal;
import dev.kvasir.cache.Ticker;
import dev.kvasir.cache.queue.SlotQueue.Turn;
import dev.kvasir.cache.testing.TestingTicker;
import dev.kvasir.completion.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@SuppressWarnings("try") // turns are held, not used
final class SlotQueueTest {
  private static final Claim CLAIM = new Claim("a", Priority.NORMAL, 100);
  private static final List<Priority> PRIORITIES = List.of(Priority.values());
  private static final long LONG = MINUTES.toNanos(10);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final BlockingQueue<String> served = new LinkedBlockingQueue<>();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private static SlotQueue queue(int slots, int length, long waitNanos, Ticker ticker) {
    return new SlotQueue(new QueueRules(slots, length, waitNanos, LONG, 100), ticker);
  }

  private static Turn turn(SlotQueue queue) {
    return Objects.requireNonNull(queue.enter(CLAIM, () -> true));
  }

  /** A request that notes when it is served, and is done at once. */
  private Future<Boolean> ask(SlotQueue queue, String name, Priority priority) {
    int waiting = queue.stats().waiting();
    Future<Boolean> request =
        threads.submit(
            () -> {
              try (Turn turn =
                  queue.enter(new Claim(name.substring(0, 1), priority, 100), () -> true)) {
                return served.add(name);
              }
            });
    await(() -> queue.stats().waiting() == waiting + 1 || request.isDone());
    return request;
  }

  private static void await(Callable<Boolean> condition) {
    try {
      while (!condition.call()) {
        Thread.onSpinWait();
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static NoTurnException refusal(Future<?> request) {
    ExecutionException failure = assertThrows(ExecutionException.class, request::get);
    return assertInstanceOf(NoTurnException.class, failure.getCause());
  }

  @Test
  void enter_slotsFree_atOnce() {
    SlotQueue queue = queue(2, 1, 1, Ticker.system());
    Turn first = turn(queue);
    Turn second = turn(queue);
    assertEquals(new QueueStats(0, 0, 0, 2, 2), queue.stats());
    first.close();
    first.close();
    assertEquals(1, queue.stats().running(), "closed twice, given back once");
    second.close();
  }

  @Test
  void enter_notWantedAnyMore_leavesAndTheNextIsServed() throws Exception {
    SlotQueue queue = queue(1, 10, LONG, Ticker.system());
    try (Turn turn = queue.enter(CLAIM, () -> true)) {
      assertNull(queue.enter(CLAIM, () -> false));
      assertThrows(
          IllegalStateException.class,
          () ->
              queue.enter(
                  CLAIM,
                  () -> {
                    throw new IllegalStateException("planted");
                  }));
      assertEquals(new QueueStats(0, 0, 0, 1, 1), queue.stats());
    }
    assertTrue(ask(queue, "a1", Priority.NORMAL).get());
  }

  @Test
  void enter_turnComesWhileAsked_givenToTheNext() throws Exception {
    SlotQueue queue = queue(1, 10, LONG, Ticker.system());
    Turn first = turn(queue);
    assertNull(
        queue.enter(
            CLAIM,
            () -> {
              first.close();
              return false;
            }));
    assertEquals(new QueueStats(0, 0, 0, 0, 1), queue.stats());
  }

  @Test
  void enter_slotsTaken_servedInOrder() throws Exception {
    SlotQueue queue = queue(1, 10, LONG, Ticker.system());
    List<Future<Boolean>> requests = new ArrayList<>();
    try (Turn turn = queue.enter(CLAIM, () -> true)) {
      for (String name : List.of("a1", "a2", "a3")) {
        requests.add(ask(queue, name, Priority.NORMAL));
      }
      requests.add(ask(queue, "b1", Priority.NORMAL));
      requests.add(ask(queue, "c1", Priority.LOW));
      requests.add(ask(queue, "c2", Priority.HIGH));
      assertEquals(new QueueStats(1, 4, 1, 1, 1), queue.stats());
    }
    for (Future<Boolean> request : requests) {
      request.get();
    }
    assertEquals(List.of("c2", "b1", "a1", "a2", "a3", "c1"), List.copyOf(served));
    assertEquals(new QueueStats(0, 0, 0, 0, 1), queue.stats());
  }

  @Test
  void enter_full_refusedWithTheTimeOfTheSlots() {
    TestingTicker ticker = new TestingTicker();
    SlotQueue queue = queue(1, 1, LONG, ticker);
    try (Turn turn = queue.enter(CLAIM, () -> true)) {
      ticker.advanceMillis(4_000);
    }
    try (Turn turn = queue.enter(CLAIM, () -> true)) {
      Future<Boolean> waiting = ask(queue, "a1", Priority.NORMAL);
      NoTurnException refusal =
          assertThrows(NoTurnException.class, () -> queue.enter(CLAIM, () -> true));
      assertEquals(Refusal.QUEUE_FULL, refusal.reason());
      assertEquals(8, refusal.retryAfterSeconds(), "two requests of 4 s");
      assertTrue(String.valueOf(refusal.getMessage()).contains("1 requests wait"));
      assertFalse(waiting.isDone());
    }
  }

  @Test
  void enter_fullOfAnotherTenant_theOtherHasToLeave() throws Exception {
    SlotQueue queue = queue(1, 2, LONG, Ticker.system());
    Future<Boolean> first;
    Future<Boolean> staying;
    try (Turn turn = queue.enter(CLAIM, () -> true)) {
      first = ask(queue, "a1", Priority.NORMAL);
      Future<Boolean> leaving = ask(queue, "a2", Priority.NORMAL);
      staying = threads.submit(() -> ask(queue, "b1", Priority.NORMAL).get());
      assertEquals(Refusal.QUEUE_FULL, refusal(leaving).reason());
    }
    assertTrue(first.get() && staying.get());
  }

  @Test
  void enter_noSlotInTime_refusedAndGone() {
    SlotQueue queue = queue(1, 10, MILLISECONDS.toNanos(1), Ticker.system());
    try (Turn turn = queue.enter(CLAIM, () -> true)) {
      NoTurnException refusal =
          assertThrows(NoTurnException.class, () -> queue.enter(CLAIM, () -> true));
      assertEquals(Refusal.NO_SLOT, refusal.reason());
      assertTrue(String.valueOf(refusal.getMessage()).contains("within 1 ms"));
      assertEquals(0, queue.stats().waiting());
    }
    turn(queue).close();
  }

  @Test
  void enter_interrupted_placeGoesToTheNext() throws Exception {
    SlotQueue queue = queue(1, 10, LONG, Ticker.system());
    Future<Boolean> second;
    try (Turn turn = queue.enter(CLAIM, () -> true)) {
      Future<Boolean> first = ask(queue, "a1", Priority.NORMAL);
      second = ask(queue, "a2", Priority.NORMAL);
      first.cancel(true);
      await(() -> queue.stats().waiting() == 1);
    }
    assertTrue(second.get());
    assertEquals(List.of("a2"), List.copyOf(served));
  }

  @Test
  void enter_manyThreadsWithShortWaitsAndInterrupts_noTurnIsLost() throws Exception {
    SlotQueue queue = queue(3, 8, MILLISECONDS.toNanos(2), Ticker.system());
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Future<Integer>> workers = new ArrayList<>();
    for (int worker = 0; worker < 12; worker++) {
      String tenant = "tenant" + worker % 4;
      Priority priority = PRIORITIES.get(worker % 3);
      workers.add(
          threads.submit(
              () -> {
                int turns = 0;
                for (int i = 0; i < 400; i++) {
                  if (i % 50 == 49) {
                    Thread.currentThread().interrupt();
                  }
                  try (Turn turn =
                      queue.enter(new Claim(tenant, priority, 1 + i % 300), () -> true)) {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    turns++;
                    inside.decrementAndGet();
                  } catch (NoTurnException busy) {
                    // it may come again
                  }
                  Thread.interrupted();
                }
                return turns;
              }));
    }
    int turns = 0;
    for (Future<Integer> worker : workers) {
      turns += worker.get(50, SECONDS);
    }
    assertTrue(turns > 0 && most.get() <= 3, turns + " turns, at most " + most + " at a time");
    assertEquals(new QueueStats(0, 0, 0, 0, 3), queue.stats());
    for (int i = 0; i < 3; i++) {
      queue.enter(CLAIM, () -> true); // all three slots are there
    }
  }

  @Test
  void turn_closed_wakesTheNextHoweverOften() throws Exception {
    SlotQueue queue = queue(1, 200, LONG, Ticker.system());
    List<Future<Boolean>> requests = new ArrayList<>();
    try (Turn turn = queue.enter(CLAIM, () -> true)) {
      for (int i = 0; i < 100; i++) {
        requests.add(ask(queue, (i % 3 == 0 ? "b" : "a") + i, PRIORITIES.get(i % 3)));
      }
    }
    for (Future<Boolean> request : requests) {
      assertTrue(request.get(30, SECONDS));
    }
    assertEquals(100, served.size());
  }
}
