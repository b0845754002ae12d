package dev.kvasir.console;

import dev.kvasir.cache.CacheStats;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was counted over the last minutes or hours, in buckets: the differences between snapshots of
 * counters that only grow. Safe for all threads.
 */
public final class History {
  private final Range range;
  private final Deque<Bucket> filled = new ArrayDeque<>(); // newest last, none empty
  private @Nullable Sums previous;

  History(Range range) {
    this.range = range;
  }

  /** Adds what was counted since the call before; the first call only sets the starting point. */
  synchronized void add(Instant at, CacheStats stats) {
    Sums before = previous;
    previous = Sums.of(stats);
    if (before == null) {
      return;
    }
    Bucket grown = new Bucket(startOf(at), previous.minus(before));
    if (grown.sums().requests() == 0 && grown.sums().tokens().prompt() == 0) {
      return;
    }
    Bucket last = filled.peekLast();
    if (last != null && last.startSecond() == grown.startSecond()) {
      filled.removeLast();
      grown = new Bucket(grown.startSecond(), last.sums().plus(grown.sums()));
    }
    filled.addLast(grown);
    if (filled.size() > range.buckets()) {
      filled.removeFirst();
    }
  }

  /** The buckets that end with the one of {@code now}, oldest first, always as many. */
  synchronized List<Bucket> buckets(Instant now) {
    Map<Long, Bucket> byStart = new HashMap<>();
    filled.forEach(bucket -> byStart.put(bucket.startSecond(), bucket));
    List<Bucket> shown = new ArrayList<>(range.buckets());
    long first = startOf(now) - (range.buckets() - 1L) * range.bucketSeconds();
    for (int i = 0; i < range.buckets(); i++) {
      long start = first + (long) i * range.bucketSeconds();
      shown.add(byStart.getOrDefault(start, new Bucket(start, Sums.NONE)));
    }
    return shown;
  }

  private long startOf(Instant at) {
    long width = range.bucketSeconds();
    return Math.floorDiv(at.getEpochSecond(), width) * width;
  }

  /**
   * What was counted of the requests that had their first token in one bucket.
   *
   * @param startSecond of the bucket, since the epoch
   * @param sums of these requests
   */
  public record Bucket(long startSecond, Sums sums) {}
}
