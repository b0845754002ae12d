package dev.kvasir.cache.grid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.kvasir.cache.Lookup;
import dev.kvasir.cache.Source;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** What tests have whose nodes are clients of a member, all in this process. */
abstract class OneMember {
  private static final int THREADS = 8; // of several nodes that ask each other

  final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(THREADS);
  final int port = TestingGrid.freePort();
  private final List<AutoCloseable> started = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    for (int i = started.size() - 1; i >= 0; i--) {
      started.get(i).close();
    }
    scheduler.shutdownNow();
  }

  /** Starts the member, or starts it again. */
  Grid member() {
    return start(TestingGrid.config("m", port, List.of()));
  }

  /** Starts another one beside it. */
  Grid secondMember() {
    return start(TestingGrid.config("n", TestingGrid.freePort(), List.of("127.0.0.1:" + port)));
  }

  private Grid start(GridConfig config) {
    Grid member = Grid.start(config, scheduler);
    started.add(member);
    return member;
  }

  GridConfig clientConfig(String node) {
    return TestingGrid.clientConfig(node, port);
  }

  GridLink client(String node) {
    GridLink link = GridLink.start(clientConfig(node), scheduler);
    started.add(link);
    return link;
  }

  static void put(GridLink link, TestingBlocks blocks) {
    blocks.putInto(link.grid());
  }

  static void awaitKnown(GridLink link, List<BlockHash> hashes, int count) {
    Await.until(
        "the client knows %d blocks".formatted(count), () -> link.countLeading(hashes) == count);
  }

  static Lookup.@Nullable Fetched fetch(GridLink link, BlockHash hash) throws Exception {
    return link.fetch(hash, 5_000).toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  static void assertSame(KvBlock expected, Source source, Lookup.@Nullable Fetched fetched) {
    assertNotNull(fetched);
    assertEquals(source, fetched.source());
    assertArrayEquals(expected.bytes(), fetched.block().bytes());
  }

  /**
   * Reads blocks until all come from the near cache: a read leaves its copy there soon after, and
   * the news that a block was stored just now may take the copy out once more.
   */
  static void fetchNear(GridLink link, List<BlockHash> hashes) {
    Await.until("copies are near", () -> hashes.stream().allMatch(hash -> comesNear(link, hash)));
  }

  private static boolean comesNear(GridLink link, BlockHash hash) {
    Lookup.Fetched fetched = link.fetch(hash, 5_000).toCompletableFuture().join();
    return fetched != null && fetched.source() == Source.NEAR;
  }
}
