package dev.kvasir.it;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** More streams than a node has room for, and readers that do not read. */
@Tag("long")
@TestInstance(Lifecycle.PER_CLASS)
final class ManyStreamsIT {
  private static final System.Logger LOG = System.getLogger(ManyStreamsIT.class.getName());
  private static final int STREAMS = 200;

  /** Slots, and places in the queue before them, by default. */
  private static final int ROOM = 16 + 128;

  private static final int SECONDS_FOR_ALL = 240;
  private static final int SHORT_TOKENS = 24;
  private static final int LONG_TOKENS = 1_000;
  private static final int READERS = 8;
  private static final int SLOW = 4;
  private static final int ROUNDS = 4;
  private static final double FACTOR = 1.5;

  private final ExecutorService clients = Executors.newCachedThreadPool();

  @SuppressWarnings("NullAway.Init") // set before all
  private KvasirNode node;

  @BeforeAll
  void start(@TempDir Path data) throws IOException, InterruptedException {
    node = KvasirNode.start(data, "a");
  }

  @AfterAll
  void stop() {
    clients.shutdownNow();
    node.close();
  }

  @Test
  void streams_200AtOnce_finishOrAreToldToComeAgain() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    List<Callable<StreamClient.Outcome>> requests = new ArrayList<>();
    for (int i = 0; i < STREAMS; i++) {
      StreamClient client = new StreamClient(node, LongNotes.of(i), SHORT_TOKENS);
      requests.add(
          () -> {
            go.await();
            return client.read(() -> {});
          });
    }
    List<Future<StreamClient.Outcome>> running = requests.stream().map(clients::submit).toList();
    go.countDown();

    List<StreamClient.Outcome> outcomes = all(running);

    List<StreamClient.Outcome> whole =
        outcomes.stream().filter(StreamClient.Outcome::isWhole).toList();
    long refused = outcomes.stream().filter(StreamClient.Outcome::isRefused).count();
    assertEquals(STREAMS, whole.size() + refused, outcomes::toString);
    assertTrue(whole.size() >= ROOM / 2, () -> whole.size() + " were whole");
    LOG.log(
        Level.INFO,
        "{0} streams: {1} whole, {2} refused with 503; first token {3}, whole {4} (median, longest)",
        STREAMS,
        whole.size(),
        refused,
        seconds(whole.stream().map(StreamClient.Outcome::firstNanos).sorted().toList()),
        seconds(whole.stream().map(StreamClient.Outcome::totalNanos).sorted().toList()));
    assertEquals(200, node.client().get("/health").statusCode());
  }

  /** Beside four long answers, whether these are read as they come or not at all. */
  @Test
  void streams_besideSlowReaders_asFastAsBesideOthers() throws Exception {
    List<Long> besideReaders = new ArrayList<>();
    List<Long> besideSlow = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      besideReaders.addAll(round(2 * round, false));
      besideSlow.addAll(round(2 * round + 1, true));
    }
    double p = TwoSamples.of(besideReaders, besideSlow).pShorterByMoreThan(FACTOR);
    LOG.log(
        Level.INFO,
        "short answers beside long ones that are read: {0}; that are not: {1} (median, longest)",
        seconds(besideReaders.stream().sorted().toList()),
        seconds(besideSlow.stream().sorted().toList()));
    assertTrue(
        p > 0.01, () -> "slow readers slow others: %s, %s".formatted(besideReaders, besideSlow));
  }

  /** Nanoseconds of short answers beside long ones; all of these come to their end, too. */
  private List<Long> round(int seed, boolean slow) throws Exception {
    CountDownLatch begun = new CountDownLatch(SLOW);
    CountDownLatch mayRead = new CountDownLatch(slow ? 1 : 0);
    List<Future<StreamClient.Outcome>> longOnes =
        IntStream.range(0, SLOW)
            .mapToObj(i -> new StreamClient(node, LongNotes.of(1_000 + 10 * seed + i), LONG_TOKENS))
            .map(
                client ->
                    clients.submit(
                        () ->
                            client.read(
                                () -> {
                                  begun.countDown();
                                  mayRead.await();
                                })))
            .toList();
    assertTrue(begun.await(SECONDS_FOR_ALL, SECONDS));
    List<Future<StreamClient.Outcome>> shortOnes =
        IntStream.range(0, READERS)
            .mapToObj(
                i -> new StreamClient(node, "Note %d of %d.".formatted(i, seed), SHORT_TOKENS))
            .map(client -> clients.submit(() -> client.read(() -> {})))
            .toList();
    List<StreamClient.Outcome> done = all(shortOnes);
    mayRead.countDown();
    for (StreamClient.Outcome outcome : all(longOnes)) {
      assertTrue(outcome.isWhole(), outcome::toString);
    }
    return done.stream().map(StreamClient.Outcome::totalNanos).toList();
  }

  private static List<StreamClient.Outcome> all(List<Future<StreamClient.Outcome>> running)
      throws Exception {
    long deadline = System.nanoTime() + SECONDS.toNanos(SECONDS_FOR_ALL);
    List<StreamClient.Outcome> outcomes = new ArrayList<>();
    for (Future<StreamClient.Outcome> one : running) {
      outcomes.add(one.get(Math.max(1, deadline - System.nanoTime()), NANOSECONDS));
    }
    return outcomes;
  }

  private static String seconds(List<Long> sortedNanos) {
    return "%.2f s, %.2f s"
        .formatted(
            sortedNanos.get(sortedNanos.size() / 2) / 1e9,
            sortedNanos.get(sortedNanos.size() - 1) / 1e9);
  }
}
