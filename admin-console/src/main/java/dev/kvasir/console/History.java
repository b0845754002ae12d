package dev.kvasir.console;

import dev.kvasir.cache.CacheStats;
import dev.kvasir.cache.TokenCounts;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tokens by source over the last five minutes, in buckets of ten seconds: the differences between
 * snapshots of counters that only grow. Safe for all threads.
 */
public final class History {
  /** Width of a bucket. */
  public static final int BUCKET_SECONDS = 10;

  /** Buckets shown. */
  public static final int BUCKETS = 30;

  private final Deque<Bucket> filled = new ArrayDeque<>(); // newest last, none empty
  private @Nullable CacheStats previous;

  /** Adds what was counted since the call before; the first call only sets the starting point. */
  public synchronized void add(Instant at, CacheStats stats) {
    CacheStats before = previous;
    previous = stats;
    if (before == null) {
      return;
    }
    Bucket grown = new Bucket(startOf(at), stats.tokens().minus(before.tokens()));
    if (grown.isEmpty()) {
      return;
    }
    Bucket last = filled.peekLast();
    if (last != null && last.startSecond() == grown.startSecond()) {
      filled.removeLast();
      grown = last.plus(grown);
    }
    filled.addLast(grown);
    if (filled.size() > BUCKETS) {
      filled.removeFirst();
    }
  }

  /** The buckets that end with the one of {@code now}, oldest first, always {@link #BUCKETS}. */
  public synchronized List<Bucket> buckets(Instant now) {
    List<Bucket> shown = new ArrayList<>(BUCKETS);
    long first = startOf(now) - (BUCKETS - 1L) * BUCKET_SECONDS;
    for (int i = 0; i < BUCKETS; i++) {
      shown.add(bucketAt(first + (long) i * BUCKET_SECONDS));
    }
    return shown;
  }

  private Bucket bucketAt(long startSecond) {
    return filled.stream()
        .filter(bucket -> bucket.startSecond() == startSecond)
        .findFirst()
        .orElseGet(() -> new Bucket(startSecond, TokenCounts.NONE));
  }

  private static long startOf(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), (long) BUCKET_SECONDS) * BUCKET_SECONDS;
  }

  /**
   * Tokens of the requests that had their first token within ten seconds.
   *
   * @param startSecond of the bucket, since the epoch
   * @param tokens of their prompts
   */
  public record Bucket(long startSecond, TokenCounts tokens) {
    boolean isEmpty() {
      return tokens.prompt() == 0;
    }

    Bucket plus(Bucket other) {
      return new Bucket(startSecond, tokens.plus(other.tokens));
    }
  }
}
