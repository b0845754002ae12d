package dev.kvasir.cache.flight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.testing.TestingBlockStore;
import dev.kvasir.cache.testing.TestingNode;
import dev.kvasir.completion.CachePolicy;
import dev.kvasir.completion.Completion;
import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.completion.MissReason;
import dev.kvasir.completion.Prompt;
import dev.kvasir.inference.InferenceException;
import dev.kvasir.inference.SamplingParams;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests of one node that lack the same prefix at the same time. */
@Timeout(60)
final class SingleFlightTest {
  /** With the begin token 192 tokens: 47 shareable blocks of 4, and 4 tokens behind them. */
  private static final String TEXT = "many begin like this, ".repeat(9).substring(0, 191);

  private static final int PROMPT_TOKENS = 192;
  private static final int TAIL_TOKENS = 4;
  private static final int REQUESTS = 16;

  private final TestingNode node =
      new TestingNode("a", REQUESTS, new TestingBlockStore(), FlightBoard.NONE);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch leaderMayGoOn = new CountDownLatch(1);
  private final CountDownLatch leaderHasBegun = new CountDownLatch(1);

  @AfterEach
  void nothingStaysOpen() {
    threads.shutdownNow();
    assertEquals(0, node.slots.slotsTaken(), "slots taken");
    assertEquals(0, node.model.openSequences(), "open sequences");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Who opens first leads; it stops there until it may go on, then does this. */
  private void holdTheLeader(TestingNode where, Runnable then) {
    AtomicInteger opened = new AtomicInteger();
    where.slots.beforeOpen(
        () -> {
          if (opened.getAndIncrement() == 0) {
            leaderHasBegun.countDown();
            await(leaderMayGoOn);
            then.run();
          }
        });
  }

  private List<Future<Completion>> send(TestingNode where, int count, String text) {
    List<Future<Completion>> sent = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sent.add(threads.submit(() -> where.complete("t", text, CachePolicy.USE)));
    }
    return sent;
  }

  private static List<Integer> computed(List<Future<Completion>> sent) throws Exception {
    List<Integer> computed = new ArrayList<>();
    for (Future<Completion> one : sent) {
      Completion completion = one.get();
      assertEquals(TestingNode.truth(TEXT), completion.text());
      computed.add(completion.cache().computedTokens());
    }
    Collections.sort(computed);
    return computed;
  }

  private static List<Integer> onceAndTails(int requests) {
    List<Integer> expected = new ArrayList<>(Collections.nCopies(requests - 1, TAIL_TOKENS));
    expected.add(PROMPT_TOKENS);
    return expected;
  }

  private static void awaitRunning(TestingNode where, int requests) {
    while (where.queue.stats().running() < requests) {
      Thread.onSpinWait();
    }
  }

  @Test
  void find_manyEqualColdPrompts_computedOnce() throws Exception {
    holdTheLeader(node, () -> {});
    List<Future<Completion>> sent = send(node, REQUESTS, TEXT);
    awaitRunning(node, REQUESTS);
    leaderMayGoOn.countDown();

    assertEquals(onceAndTails(REQUESTS), computed(sent));
    assertTrue(
        node.observer.flights.stream().allMatch(FlightOutcome.COMPUTED::equals),
        () -> node.observer.flights.toString());
    assertEquals(REQUESTS - 1, node.cache.stats().requests().hits());
  }

  @Test
  void find_fewSlots_followersTakeThemAllAndNobodyIsStuck() throws Exception {
    TestingNode small = new TestingNode("b", 4, new TestingBlockStore(), FlightBoard.NONE);
    holdTheLeader(small, () -> {});
    List<Future<Completion>> sent = send(small, REQUESTS, TEXT);
    awaitRunning(small, 4);
    leaderMayGoOn.countDown();

    assertEquals(onceAndTails(REQUESTS), computed(sent));
  }

  @Test
  void find_leaderFails_anotherOneComputes() throws Exception {
    holdTheLeader(
        node,
        () -> {
          throw new InferenceException("the leader's graph broke");
        });
    List<Future<Completion>> leader = send(node, 1, TEXT);
    await(leaderHasBegun);
    List<Future<Completion>> others = send(node, 5, TEXT);
    awaitRunning(node, 6);
    leaderMayGoOn.countDown();

    assertThrows(ExecutionException.class, leader.get(0)::get);
    assertEquals(onceAndTails(5), computed(others));
  }

  @Test
  void find_leadersClientLeaves_othersHaveItsBlocks() throws Exception {
    holdTheLeader(node, () -> {});
    Future<Completion> leader =
        threads.submit(
            () ->
                node.completions.complete(
                    new CompletionRequest(
                        "t", new Prompt.Text(TEXT), SamplingParams.GREEDY, 5, CachePolicy.USE),
                    token -> false));
    await(leaderHasBegun);
    List<Future<Completion>> others = send(node, 3, TEXT);
    awaitRunning(node, 4);
    leaderMayGoOn.countDown();

    assertTrue(leader.get().isCancelled());
    assertEquals(Collections.nCopies(3, TAIL_TOKENS), computed(others));
  }

  @Test
  void find_leaderHangs_patienceEndsAndSaysSo() throws Exception {
    holdTheLeader(node, () -> {});
    List<Future<Completion>> leader = send(node, 1, TEXT);
    await(leaderHasBegun);

    Completion alone = send(node, 1, TEXT).get(0).get();

    assertEquals(TestingNode.truth(TEXT), alone.text());
    assertEquals(MissReason.SINGLE_FLIGHT_TIMEOUT, alone.cache().missReason());
    assertEquals(PROMPT_TOKENS, alone.cache().computedTokens());
    assertEquals(List.of(FlightOutcome.TIMEOUT), node.observer.flights);
    assertTrue(alone.cache().lookupMillis() < 500, "a wait is not the lookup's time");
    leaderMayGoOn.countDown();
    assertEquals(List.of(TAIL_TOKENS), computed(leader)); // it had not looked into the pool yet
  }

  @Test
  void find_commonBeginning_waitsForThatAndLeadsTheRest() throws Exception {
    String other = TEXT.substring(0, 99) + "x".repeat(92); // 100 tokens are equal: 25 blocks
    holdTheLeader(node, () -> {});
    List<Future<Completion>> leader = send(node, 1, TEXT);
    await(leaderHasBegun);
    Future<Completion> follower = send(node, 1, other).get(0);
    awaitRunning(node, 2);
    leaderMayGoOn.countDown();

    assertEquals(List.of(PROMPT_TOKENS), computed(leader));
    assertEquals(100, follower.get().cache().poolTokens());
    assertEquals(MissReason.FIRST_SEEN, follower.get().cache().missReason());
    assertEquals(TestingNode.truth(other), follower.get().text());
  }

  @Test
  void find_otherTenantOrCacheOff_waitsForNobody() throws Exception {
    holdTheLeader(node, () -> {});
    List<Future<Completion>> leader = send(node, 1, TEXT);
    await(leaderHasBegun);

    assertEquals(
        MissReason.FIRST_SEEN, node.complete("u", TEXT, CachePolicy.USE).cache().missReason());
    assertEquals(
        MissReason.CACHE_OFF, node.complete("t", TEXT, CachePolicy.OFF).cache().missReason());

    assertEquals(List.of(), node.observer.flights);
    leaderMayGoOn.countDown();
    assertEquals(List.of(PROMPT_TOKENS), computed(leader));
  }
}
