package dev.kvasir.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.Source;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplerTest {
  private final TestingCacheAdmin cache = new TestingCacheAdmin();
  private final TestingSampler sampler = new TestingSampler(cache);

  @Test
  void latest_nothingTaken_emptyAndStale() {
    assertTrue(sampler.latest().isEmpty());
    assertTrue(sampler.isStale());
  }

  @Test
  void sample_cacheAnswers_currentUntilTenSecondsPassed() {
    sampler.taken();
    sampler.pass(Duration.ofSeconds(10));
    assertFalse(sampler.isStale());
    sampler.pass(Duration.ofSeconds(1));
    assertTrue(sampler.isStale());
    assertEquals(11, sampler.ageSeconds());
  }

  @Test
  void sample_cacheFails_lastSnapshotStays() {
    sampler.taken();
    Snapshot last = sampler.latest().orElseThrow();
    cache.fail(new IllegalStateException("the grid is gone"));
    sampler.taken();
    assertEquals(last, sampler.latest().orElseThrow());
    cache.fail(null);
    cache.setStats(TestingCacheAdmin.statsOf(1, 0, 1));
    sampler.taken();
    assertEquals(2, sampler.latest().orElseThrow().stats().tokens().prompt());
  }

  @Test
  void history_tokensWithinABucket_summed() {
    sampler.taken();
    cache.setStats(TestingCacheAdmin.statsOf(10, 0, 5));
    sampler.pass(Duration.ofSeconds(2));
    sampler.taken();
    cache.setStats(TestingCacheAdmin.statsOf(14, 6, 5));
    sampler.pass(Duration.ofSeconds(2));
    sampler.taken();

    History.Bucket now = last(sampler.history());
    assertEquals(14, now.tokens().of(Source.POOL));
    assertEquals(0, now.tokens().of(Source.NEAR));
    assertEquals(6, now.tokens().of(Source.REMOTE));
    assertEquals(5, now.tokens().computed());
  }

  @Test
  void history_timePasses_bucketsMoveAndLeave() {
    sampler.taken();
    cache.setStats(TestingCacheAdmin.statsOf(0, 0, 7));
    sampler.taken();

    sampler.pass(Duration.ofSeconds(10));
    List<History.Bucket> shown = sampler.history();
    assertEquals(History.BUCKETS, shown.size());
    assertEquals(0, last(shown).tokens().computed());
    assertEquals(7, shown.get(History.BUCKETS - 2).tokens().computed());

    sampler.pass(Duration.ofMinutes(5));
    assertEquals(0, sampler.history().stream().mapToLong(b -> b.tokens().computed()).sum());
  }

  @Test
  void history_countsBeforeTheFirstSnapshot_notShown() {
    cache.setStats(TestingCacheAdmin.statsOf(1000, 0, 1000));
    sampler.taken();
    assertEquals(0, last(sampler.history()).tokens().computed());
  }

  private static History.Bucket last(List<History.Bucket> buckets) {
    return buckets.get(buckets.size() - 1);
  }
}
