package dev.kvasir.cache.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.Lifetime;
import dev.kvasir.cache.policy.PrefixTree;
import dev.kvasir.cache.policy.TreeBlock;
import dev.kvasir.cache.testing.TestingTicker;
import dev.kvasir.inference.BlockHash;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clock that members share jumps: blocks seem older, or new, and all are found. */
final class ClockJumpTest {
  private static final long NOW_MILLIS = 1_700_000_000_000L;
  private static final long MINUTE = 60_000;

  private final TestingTicker ticker = new TestingTicker();
  private final AtomicLong clock = new AtomicLong(NOW_MILLIS);
  private final IndexReplica replica =
      new IndexReplica(new PrefixTree(EvictionKind.LRU), ticker, clock::get);

  @ParameterizedTest
  @ValueSource(longs = {-NOW_MILLIS, -60 * MINUTE, -1, 1, 60 * MINUTE, NOW_MILLIS})
  void add_clockJumps_allAreFoundAndOnlyWhatSeemsOldLeaves(long jumpMillis) {
    BlockHash before = add(1, clock.get());
    long toldBefore = clock.get();
    clock.addAndGet(jumpMillis);
    BlockHash across = add(2, toldBefore);
    BlockHash after = add(3, clock.get());
    ticker.advanceMillis(1_000);

    List<BlockHash> all = List.of(before, across, after);
    all.forEach(hash -> assertEquals(1, replica.countLeading(List.of(hash))));
    all.forEach(hash -> assertTrue(replica.find(hash).map(replica::idleSeconds).orElse(-1.0) >= 0));

    assertEquals(jumpMillis > MINUTE ? Set.of(across) : Set.of(), expire());
    ticker.advanceMillis(MINUTE);
    assertEquals(jumpMillis > MINUTE ? Set.of(before, after) : Set.copyOf(all), expire());
  }

  /** Takes out what is older than a minute. */
  private Set<BlockHash> expire() {
    return replica.takeExpired(100, tenant -> new Lifetime(60, 0), hash -> true).stream()
        .map(TreeBlock::hash)
        .collect(Collectors.toSet());
  }

  private BlockHash add(long seed, long storedMillis) {
    TestingBlocks block = TestingBlocks.chain(seed, 1, 100);
    BlockHash hash = block.hashes().get(0);
    IndexEntry entry = IndexEntry.of(block.placements().get(0), 100, storedMillis);
    assertTrue(replica.add(hash, entry));
    return hash;
  }
}
