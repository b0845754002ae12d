package dev.kvasir.console;

import dev.kvasir.cache.CacheAdmin;
import java.time.Duration;
import java.time.Instant;

/** A sampler without background task, whose clock stands until it is moved. */
public final class TestingSampler extends Sampler {
  private final Time time;

  /** A sampler of {@code cache} that has taken nothing yet. */
  public TestingSampler(CacheAdmin cache) {
    this(cache, new Time());
  }

  private TestingSampler(CacheAdmin cache, Time time) {
    super(() -> time.now);
    this.cache = cache;
    this.time = time;
  }

  /** Takes a snapshot. */
  public TestingSampler taken() {
    sample();
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
