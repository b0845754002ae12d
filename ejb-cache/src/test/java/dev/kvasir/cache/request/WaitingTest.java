package dev.kvasir.cache.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.Refusal;
import dev.kvasir.cache.testing.TestingBlockStore;
import dev.kvasir.cache.testing.TestingNode;
import dev.kvasir.completion.CachePolicy;
import dev.kvasir.completion.Completion;
import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.completion.NoDecodeSlotException;
import dev.kvasir.completion.Priority;
import dev.kvasir.completion.Prompt;
import dev.kvasir.completion.RequestId;
import dev.kvasir.completion.Sharing;
import dev.kvasir.completion.TokenSink;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.inference.SamplingParams;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that wait while the node's one slot is taken. */
@Timeout(60)
final class WaitingTest {
  private final TestingNode node = new TestingNode("a", new TestingBlockStore());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch slotIsFree = new CountDownLatch(1);
  private final List<String> served = new ArrayList<>(); // by the one who has the slot
  private final List<Future<?>> requests = new ArrayList<>();

  /** One of tenant t has the slot and keeps it. */
  @BeforeEach
  void takeTheSlot() {
    CountDownLatch taken = new CountDownLatch(1);
    requests.add(
        threads.submit(
            () ->
                node.completions.complete(
                    request("t", Priority.NORMAL),
                    token -> {
                      taken.countDown();
                      return wait(slotIsFree);
                    })));
    wait(taken);
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private static boolean wait(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static CompletionRequest request(String tenant, Priority priority) {
    return new CompletionRequest(
        tenant,
        new Prompt.Text("a shared beginning"),
        SamplingParams.GREEDY,
        1,
        1,
        CachePolicy.USE,
        Sharing.WIDEST,
        priority,
        System.nanoTime(),
        RequestId.random());
  }

  /** Sends a request and returns when it waits. */
  private void send(String tenant, Priority priority) {
    int waiting = node.queue.stats().waiting();
    requests.add(
        threads.submit(
            () ->
                node.completions.complete(
                    request(tenant, priority),
                    token -> served.add(tenant + " " + priority.label()))));
    while (node.queue.stats().waiting() == waiting) {
      Thread.onSpinWait();
    }
  }

  private void finishAll() throws Exception {
    slotIsFree.countDown();
    for (Future<?> request : requests) {
      request.get();
    }
  }

  @Test
  void complete_oneTenantFloods_theOtherIsServedNext() throws Exception {
    for (int i = 0; i < 3; i++) {
      send("t", Priority.NORMAL);
    }
    send("u", Priority.NORMAL);
    finishAll();
    assertEquals(List.of("u normal", "t normal", "t normal", "t normal"), served);
    assertEquals(5, node.observer.waited.size());
  }

  @Test
  void complete_priorities_mostUrgentFirst() throws Exception {
    send("t", Priority.LOW);
    send("t", Priority.NORMAL);
    send("u", Priority.LOW);
    send("t", Priority.HIGH);
    finishAll();
    assertEquals(List.of("t high", "t normal", "t low", "u low"), served);
  }

  @Test
  void complete_queueFull_refusedAtOnceAndCounted() throws Exception {
    for (int i = 0; i < TestingNode.QUEUE_LENGTH; i++) {
      send("t", Priority.NORMAL);
    }
    NoDecodeSlotException refusal =
        assertThrows(
            NoDecodeSlotException.class,
            () -> node.completions.complete(request("t", Priority.NORMAL), token -> true));
    assertTrue(String.valueOf(refusal.getMessage()).contains("4 requests wait"));
    assertEquals(1, refusal.retryAfterSeconds());
    assertEquals(List.of(Refusal.QUEUE_FULL), node.observer.refusals);
    finishAll();
    assertEquals(TestingNode.QUEUE_LENGTH, served.size());
  }

  @Test
  void complete_clientLeavesWhileItWaits_goneFromTheQueueAndCounted() throws Exception {
    Completion completion =
        node.completions.complete(request("t", Priority.NORMAL), new LeavingClient());

    assertTrue(completion.isCancelled());
    assertEquals(0, node.queue.stats().waiting());
    assertEquals(1, node.queue.stats().running(), "the one who has the slot");
    assertEquals(1, node.observer.cancelled);
    finishAll();
    assertTrue(
        node.completions.complete(request("t", Priority.NORMAL), new LeavingClient()).isCancelled(),
        "it left before its first token");
    assertEquals(2, node.observer.cancelled);
    assertEquals(1, node.observer.firstTokenSeconds.size());
  }

  private static final class LeavingClient implements TokenSink {
    @Override
    public boolean accept(GeneratedToken token) {
      throw new AssertionError("nobody is there");
    }

    @Override
    public boolean isWanted() {
      return false;
    }
  }
}
