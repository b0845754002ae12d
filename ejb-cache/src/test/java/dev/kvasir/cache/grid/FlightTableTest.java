package dev.kvasir.cache.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.Ticker;
import dev.kvasir.cache.flight.Flight;
import dev.kvasir.cache.flight.FlightBoard;
import dev.kvasir.cache.flight.FlightOutcome;
import dev.kvasir.cache.testing.TestingBlockStore;
import dev.kvasir.cache.testing.TestingNode;
import dev.kvasir.completion.CachePolicy;
import dev.kvasir.completion.Completion;
import dev.kvasir.inference.BlockHash;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What two members tell each other of what they compute. */
@Timeout(60)
final class FlightTableTest {
  private static final String TEXT = "many begin like this, ".repeat(9).substring(0, 191);

  private final TestingCluster cluster = TestingCluster.of(2);
  private final FlightBoard a = cluster.member(0).flights();
  private final FlightBoard b = cluster.member(1).flights();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
    cluster.close();
  }

  private static Flight flight(long seed) {
    return new Flight(TestingBlocks.chain(seed, 5, 0).hashes(), true);
  }

  /** An announcement waits 50 ms for its answer and goes on without; this waits for one. */
  private static Flight announceToOther(FlightBoard board, Flight flight) {
    CompletableFuture<Flight> first = new CompletableFuture<>();
    Await.until(
        "it is told whose it is",
        () -> {
          board.announce(flight).ifPresent(first::complete);
          return first.isDone();
        });
    return first.join();
  }

  private static void awaitFound(FlightBoard board, BlockHash block, boolean found) {
    Await.until("found " + found, () -> board.find(block).isPresent() == found);
  }

  @Test
  void announce_otherMember_findsItByEachBlockUntilItFails() {
    Flight flight = flight(1);
    assertTrue(a.announce(flight).isEmpty());
    awaitFound(b, flight.blocks().get(3), true);
    assertTrue(a.find(flight.first()).isEmpty(), "one's own is nobody else's");

    a.failed(flight);

    awaitFound(b, flight.blocks().get(3), false);
  }

  @Test
  void announce_otherWasFirst_tellsWhose() {
    Flight flight = flight(2);
    assertTrue(a.announce(flight).isEmpty());

    awaitFound(b, flight.first(), true);

    Flight first = announceToOther(b, flight(2));

    assertEquals(flight.blocks(), first.blocks());
    b.failed(flight(2)); // was not announced, so nothing ends
    awaitFound(b, flight.first(), true);
  }

  @Test
  void renew_longFlight_outlivesItsLease() throws Exception {
    Flight flight = flight(3);
    assertTrue(a.announce(flight).isEmpty());
    awaitFound(b, flight.first(), true);
    CountDownLatch never = new CountDownLatch(1);

    assertTrue(!never.await(5, TimeUnit.SECONDS));

    assertTrue(b.find(flight.first()).isPresent());
    a.landed(flight);
    awaitFound(b, flight.first(), false); // some seconds later
  }

  @Test
  void find_leadersMemberIsKilled_goneAtOnceAndNotWithItsLease() {
    Flight flight =
        LongStream.iterate(4, seed -> seed + 1)
            .mapToObj(FlightTableTest::flight)
            .filter(some -> cluster.member(0).owns(some.first())) // its entry goes with it
            .findFirst()
            .orElseThrow();
    assertTrue(a.announce(flight).isEmpty());
    awaitFound(b, flight.first(), true);
    cluster.endUpkeep(); // nobody counts leases any more

    cluster.member(0).kill();

    awaitFound(b, flight.first(), false);
  }

  @Test
  void complete_otherMemberComputesIt_waitsAndLoadsItFromThere() throws Exception {
    TestingBlockStore store = new TestingBlockStore();
    TestingNode leader = new TestingNode("a", 2, store, a);
    TestingNode follower = new TestingNode("b", 2, store, b, standingStill());
    CountDownLatch mayGoOn = new CountDownLatch(1);
    Future<Completion> led = leadHeld(leader, mayGoOn);
    awaitFound(b, follower.prefix("t", TEXT).hashes().get(0), true);

    Future<Completion> followed =
        threads.submit(() -> follower.complete("t", TEXT, CachePolicy.USE));
    awaitRunning(follower);
    mayGoOn.countDown();

    assertEquals(192, led.get().cache().computedTokens());
    assertEquals(188, followed.get().cache().remoteTokens());
    assertEquals(TestingNode.truth(TEXT), followed.get().text());
  }

  @Test
  void complete_leadersMemberIsKilled_freedAndComputes() throws Exception {
    TestingBlockStore store = new TestingBlockStore();
    TestingNode leader = new TestingNode("a", 2, store, a);
    TestingNode follower = new TestingNode("b", 2, store, b, standingStill());
    CountDownLatch mayGoOn = new CountDownLatch(1);
    Future<Completion> led = leadHeld(leader, mayGoOn);
    awaitFound(b, follower.prefix("t", TEXT).hashes().get(0), true);
    Future<Completion> followed =
        threads.submit(() -> follower.complete("t", TEXT, CachePolicy.USE));
    awaitRunning(follower);

    cluster.member(0).kill();

    assertEquals(192, followed.get().cache().computedTokens());
    assertEquals(TestingNode.truth(TEXT), followed.get().text());
    assertEquals(List.of(FlightOutcome.FREED), follower.observer.flights);
    mayGoOn.countDown();
    assertEquals(TestingNode.truth(TEXT), led.get().text(), "a lost board costs no answer");
  }

  /** A clock by which nobody's patience ends. */
  private static Ticker standingStill() {
    long now = System.nanoTime();
    return () -> now;
  }

  private Future<Completion> leadHeld(TestingNode leader, CountDownLatch mayGoOn) {
    leader.slots.beforeOpen(
        () -> {
          try {
            mayGoOn.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    return threads.submit(() -> leader.complete("t", TEXT, CachePolicy.USE));
  }

  private static void awaitRunning(TestingNode node) {
    Await.until("the follower has its slot", () -> node.queue.stats().running() == 1);
  }
}
