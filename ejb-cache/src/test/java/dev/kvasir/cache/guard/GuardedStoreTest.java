package dev.kvasir.cache.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.BlockStore.Placement;
import dev.kvasir.cache.BlockTier;
import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.cache.testing.TestingBlockStore;
import dev.kvasir.cache.testing.TestingBlockStore.Read;
import dev.kvasir.cache.testing.TestingModel;
import dev.kvasir.cache.tiered.Fetch;
import dev.kvasir.cache.tiered.FetchRound;
import dev.kvasir.cache.tiered.Tiers;
import dev.kvasir.completion.MissReason;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvBlock;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The breakers' life, on a real CDI container and a real MicroProfile Fault Tolerance. */
class GuardedStoreTest {
  private static final String DELAY = GuardedStore.class.getName() + "/read/CircuitBreaker/delay";
  private static final int SHORT_DELAY_MILLIS = 300;
  private static final int ENDLESS_DELAY_MILLIS = 3_600_000;
  private static final int FULL_DEADLINE_MILLIS = 1000;
  private static final int ROUNDS = 8; // that the circuit looks back on
  private static final CacheSettings SETTINGS =
      new CacheSettings(EvictionKind.LRU, 1 << 20, LoadRule.ALWAYS, FULL_DEADLINE_MILLIS);
  private static final List<BlockHash> HASHES =
      Stream.of(1, 2).map(i -> new BlockHash(i, 0, 0, 0)).toList();

  private SeContainer container;
  private final TestingBlockStore store = new TestingBlockStore();
  private final TestingModel model = new TestingModel(200);
  private CircuitGuard guard;
  private Tiers guarded;

  @AfterAll
  static void restoreDelay() {
    System.clearProperty(DELAY);
  }

  @BeforeEach
  void start() {
    begin(ENDLESS_DELAY_MILLIS);
  }

  private void begin(int delayMillis) {
    System.setProperty(DELAY, Integer.toString(delayMillis));
    container = SeContainerInitializer.newInstance().initialize();
    guard =
        new CircuitGuard(
            container.select(GuardedStore.class).get(), container.select(StoreCircuit.class).get());
    guarded =
        guard.before(
            new Tiers(
                () -> model,
                store,
                new FetchRound(store, trouble -> {}),
                BlockTier.NONE,
                () -> SETTINGS));
    for (int i = 0; i < HASHES.size(); i++) {
      guarded.store().putIfAbsent(placement(i), KvBlock.wrap(new byte[1]));
    }
  }

  @AfterEach
  void stop() {
    container.close();
  }

  private static Placement placement(int index) {
    return new Placement(HASHES.get(index), index == 0 ? null : HASHES.get(index - 1), index, "t");
  }

  private String circuit() {
    return guard.circuit();
  }

  private void readUntilOpen() {
    for (int round = 0; !circuit().equals("open"); round++) {
      assertTrue(round <= ROUNDS, "it opens after so many rounds, and tells with the next");
      Fetch unused = read();
    }
  }

  private Fetch read() {
    return guarded.reader().read(HASHES, FULL_DEADLINE_MILLIS);
  }

  @Test
  void read_storeWorks_staysClosed() {
    for (int i = 0; i < 20; i++) {
      assertEquals(2, read().blocks().size());
    }
    assertEquals("closed", circuit());
  }

  @Test
  void read_blocksGone_isNoFailure() {
    store.reading(HASHES.get(1), Read.GONE);
    for (int i = 0; i < 20; i++) {
      Fetch fetch = read();
      assertEquals(1, fetch.blocks().size());
      assertEquals(MissReason.EVICTED, fetch.reason());
    }
    assertEquals("closed", circuit());
  }

  @Test
  void read_secondBlockFails_keepsTheFirst() {
    store.reading(HASHES.get(1), Read.FAILS);
    Fetch fetch = read();
    assertEquals(1, fetch.blocks().size());
    assertEquals(MissReason.GRID_UNAVAILABLE, fetch.reason());
  }

  @Test
  void read_halfOfEightRoundsFail_opens() {
    for (int round = 0; round < ROUNDS; round++) {
      store.down(round % 2 == 1);
      assertNotEquals(MissReason.CIRCUIT_OPEN, read().reason(), "round " + round);
    }
    int asked = store.fetches();
    store.down(false);
    assertEquals(MissReason.CIRCUIT_OPEN, read().reason());
    assertEquals(asked, store.fetches(), "an open circuit does not ask the store");
  }

  @Test
  void read_threeOfEightRoundsFail_staysClosed() {
    for (int round = 0; round < 4 * ROUNDS; round++) {
      store.down(round % ROUNDS < 3);
      assertNotEquals(MissReason.CIRCUIT_OPEN, read().reason(), "round " + round);
    }
  }

  @Test
  void read_circuitOpen_forTwoSecondsUnlessConfigured() throws NoSuchMethodException {
    CircuitBreaker numbers =
        GuardedStore.class
            .getMethod("read", List.class, int.class)
            .getAnnotation(CircuitBreaker.class);
    assertEquals(Duration.ofSeconds(2), Duration.of(numbers.delay(), numbers.delayUnit()));
  }

  @Test
  void read_storeRefuses_opensThenHalfOpensThenCloses() {
    stop();
    begin(SHORT_DELAY_MILLIS);
    store.down(true);
    readUntilOpen();

    store.down(false);
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          while (read().blocks().isEmpty()) {
            Thread.onSpinWait();
          }
        });
    assertEquals("half_open", circuit(), "one trial of two succeeded");
    assertEquals(2, read().blocks().size());
    assertEquals("closed", circuit());
  }

  @Test
  void read_trialFails_opensAgain() {
    stop();
    begin(SHORT_DELAY_MILLIS);
    store.down(true);
    readUntilOpen();
    int fetchesWhenOpened = store.fetches();
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          while (store.fetches() == fetchesWhenOpened) {
            read();
          }
        });
    assertEquals("open", circuit());
  }

  @Test
  void read_deadlinePasses_countsAsFailure() {
    store.reading(HASHES.get(0), Read.LATE);
    readUntilOpen();
  }

  @Test
  void read_shorterDeadlinePasses_isNoFailure() {
    store.reading(HASHES.get(0), Read.LATE);
    for (int i = 0; i < 20; i++) {
      assertEquals(MissReason.DEADLINE, guarded.reader().read(HASHES, 3).reason());
    }
    assertEquals("closed", circuit());
  }

  @Test
  void putIfAbsent_storeRefuses_opensItsOwnCircuit() {
    store.down(true);
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          RuntimeException failure = null;
          while (!(failure instanceof CircuitBreakerOpenException)) {
            failure =
                assertThrows(
                    RuntimeException.class,
                    () -> guarded.store().putIfAbsent(placement(0), KvBlock.wrap(new byte[1])));
          }
        });
    assertEquals("closed", circuit());
  }
}
