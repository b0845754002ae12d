package dev.kvasir.cache.warm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.CacheWarmer;
import dev.kvasir.cache.WarmUp;
import dev.kvasir.cache.WarmUp.State;
import dev.kvasir.cache.testing.TestingBlockStore;
import dev.kvasir.cache.testing.TestingNode;
import dev.kvasir.completion.CachePolicy;
import dev.kvasir.completion.Completion;
import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.completion.CompletionService;
import dev.kvasir.completion.NoDecodeSlotException;
import dev.kvasir.completion.Priority;
import dev.kvasir.completion.Prompt;
import dev.kvasir.completion.TokenSink;
import dev.kvasir.inference.ModelInfo;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Warm-ups of a node with a testing model. */
@Timeout(60)
final class WarmUpsTest {
  private static final Prompt TEXT = new Prompt.Text("a shared beginning"); // 19 tokens

  private final TestingNode node = new TestingNode("a", new TestingBlockStore());
  private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(1);
  private final WarmUps warmUps = new WarmUps(node.completions, executor);

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  private static WarmUp awaitOver(WarmUps of, String id) {
    WarmUp found = of.find(id).orElseThrow();
    while (!found.state().isOver()) {
      LockSupport.parkNanos(1_000_000);
      found = of.find(id).orElseThrow();
    }
    return found;
  }

  @Test
  void start_prompts_cachedForTheTenantBeforeItAsks() {
    Prompt tooLong = new Prompt.Text("x".repeat(300));
    WarmUp begun = warmUps.start("t", List.of(TEXT, tooLong, TEXT)).orElseThrow();
    assertEquals(3, begun.prompts());

    WarmUp over = awaitOver(warmUps, begun.id());

    assertEquals(State.DONE, over.state());
    assertEquals(new WarmUp.Counts(2, 1, 16, 22), over.counts());
    assertTrue(String.valueOf(over.lastFailure()).contains("context holds 200"), over::toString);
    assertEquals(
        16, node.complete("t", "a shared beginning", CachePolicy.USE).cache().poolTokens());
    assertEquals(List.of(Priority.LOW, Priority.LOW, Priority.NORMAL), node.observer.waited);
    assertEquals(List.of(over), warmUps.all());
  }

  @Test
  void start_noSlot_triesAgainThenGoesOn() {
    AtomicInteger calls = new AtomicInteger();
    WarmUps refused = new WarmUps(new BusyFirst(node.completions, 1, calls), executor);

    WarmUp over = awaitOver(refused, refused.start("t", List.of(TEXT)).orElseThrow().id());

    assertEquals(new WarmUp.Counts(1, 0, 0, 19), over.counts());
    assertEquals(2, calls.get());
  }

  @Test
  void cancel_underWay_endsAfterThePrompt() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayGoOn = new CountDownLatch(1);
    node.slots.beforeOpen(
        () -> {
          begun.countDown();
          try {
            assertTrue(mayGoOn.await(30, TimeUnit.SECONDS));
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    String id = warmUps.start("t", List.of(TEXT, TEXT, TEXT)).orElseThrow().id();
    begun.await();
    String next = warmUps.start("t", List.of(TEXT)).orElseThrow().id();
    assertEquals(State.RUNNING, warmUps.find(id).orElseThrow().state());
    assertEquals(State.WAITING, warmUps.find(next).orElseThrow().state());

    assertEquals(State.CANCELLED, warmUps.cancel(id).orElseThrow().state());
    mayGoOn.countDown();

    assertEquals(State.DONE, awaitOver(warmUps, next).state());
    assertEquals(1, warmUps.find(id).orElseThrow().counts().done());
    assertTrue(warmUps.cancel("unknown").isEmpty());
  }

  @Test
  void start_tooMany_refused() {
    CountDownLatch never = new CountDownLatch(1);
    executor.execute(
        () -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    for (int i = 0; i < CacheWarmer.MAX_OPEN; i++) {
      assertTrue(warmUps.start("t", List.of(TEXT)).isPresent());
    }
    assertTrue(warmUps.start("t", List.of(TEXT)).isEmpty());
    assertThrows(IllegalArgumentException.class, () -> warmUps.start("t", List.of()));
    warmUps.close();
    assertTrue(warmUps.start("t", List.of(TEXT)).isPresent());
  }

  /** Has no slot for the first calls. */
  private record BusyFirst(CompletionService behind, int refusals, AtomicInteger calls)
      implements CompletionService {
    @Override
    public ModelInfo model() {
      return behind.model();
    }

    @Override
    public Completion complete(CompletionRequest request, TokenSink sink) {
      if (calls.getAndIncrement() < refusals) {
        throw new NoDecodeSlotException("all are busy");
      }
      return behind.complete(request, sink);
    }
  }
}
