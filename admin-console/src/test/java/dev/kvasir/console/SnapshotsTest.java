package dev.kvasir.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.Source;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotsTest {
  private final TestingCacheAdmin cache = new TestingCacheAdmin();
  private final TestingSnapshots snapshots = new TestingSnapshots(cache);

  @Test
  void latest_nothingTaken_emptyAndStale() {
    assertTrue(snapshots.latest().isEmpty());
    assertTrue(snapshots.isStale());
  }

  @Test
  void take_cacheAnswers_currentUntilTenSecondsPassed() {
    snapshots.taken();
    snapshots.pass(Duration.ofSeconds(10));
    assertFalse(snapshots.isStale());
    snapshots.pass(Duration.ofSeconds(1));
    assertTrue(snapshots.isStale());
    assertEquals(11, snapshots.ageSeconds());
  }

  @Test
  void take_cacheFails_lastSnapshotStays() {
    snapshots.taken();
    Snapshot last = snapshots.latest().orElseThrow();
    cache.fail(new IllegalStateException("the grid is gone"));
    snapshots.taken();
    assertEquals(last, snapshots.latest().orElseThrow());
    cache.fail(null);
    cache.setStats(TestingCacheAdmin.statsOf(1, 0, 1));
    snapshots.taken();
    assertEquals(2, snapshots.latest().orElseThrow().stats().tokens().prompt());
  }

  @Test
  void history_tokensWithinABucket_summed() {
    snapshots.taken();
    cache.setStats(TestingCacheAdmin.statsOf(10, 0, 5));
    snapshots.pass(Duration.ofSeconds(2));
    snapshots.taken();
    cache.setStats(TestingCacheAdmin.statsOf(14, 6, 5));
    snapshots.pass(Duration.ofSeconds(2));
    snapshots.taken();

    History.Bucket now = last(snapshots.history(Range.MINUTES));
    assertEquals(14, now.sums().tokens().of(Source.POOL));
    assertEquals(0, now.sums().tokens().of(Source.NEAR));
    assertEquals(6, now.sums().tokens().of(Source.REMOTE));
    assertEquals(5, now.sums().tokens().computed());
  }

  @Test
  void history_timePasses_bucketsMoveAndLeave() {
    snapshots.taken();
    cache.setStats(TestingCacheAdmin.statsOf(0, 0, 7));
    snapshots.taken();

    snapshots.pass(Duration.ofSeconds(10));
    List<History.Bucket> shown = snapshots.history(Range.MINUTES);
    assertEquals(Range.MINUTES.buckets(), shown.size());
    assertEquals(0, last(shown).sums().tokens().computed());
    assertEquals(7, shown.get(Range.MINUTES.buckets() - 2).sums().tokens().computed());

    snapshots.pass(Duration.ofMinutes(5));
    assertEquals(
        0,
        snapshots.history(Range.MINUTES).stream()
            .mapToLong(b -> b.sums().tokens().computed())
            .sum());
  }

  @Test
  void history_countsBeforeTheFirstSnapshot_notShown() {
    cache.setStats(TestingCacheAdmin.statsOf(1000, 0, 1000));
    snapshots.taken();
    assertEquals(0, last(snapshots.history(Range.MINUTES)).sums().tokens().computed());
  }

  private static History.Bucket last(List<History.Bucket> buckets) {
    return buckets.get(buckets.size() - 1);
  }
}
