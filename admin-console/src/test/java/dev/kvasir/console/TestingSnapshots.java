package dev.kvasir.console;

import dev.kvasir.cache.CacheAdmin;
import java.time.Duration;
import java.time.Instant;

/** Snapshots without background task, whose clock stands until it is moved. */
public final class TestingSnapshots extends Snapshots {
  private final Time time;

  /** Of {@code cache}; none taken yet. */
  public TestingSnapshots(CacheAdmin cache) {
    this(cache, new Time());
  }

  private TestingSnapshots(CacheAdmin cache, Time time) {
    super(() -> time.now);
    this.cache = cache;
    this.time = time;
  }

  /** Takes a snapshot. */
  public TestingSnapshots taken() {
    take();
    return this;
  }

  /** Moves the clock. */
  public void pass(Duration duration) {
    time.now = time.now.plus(duration);
  }

  private static final class Time {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  }
}
