package dev.kvasir.cache.flight;

import dev.kvasir.cache.Lookup;
import org.jspecify.annotations.Nullable;

/**
 * What a request found, perhaps after a wait, and the flight that it leads for the rest. One
 * thread, that closes it.
 */
public final class Passage implements AutoCloseable {
  private final SingleFlight all;
  private final Lookup lookup;
  private final Waited waited;
  private @Nullable Flight led; // null: nothing to compute, or computed already

  Passage(SingleFlight all, Lookup lookup, @Nullable Flight led, Waited waited) {
    this.all = all;
    this.lookup = lookup;
    this.led = led;
    this.waited = waited;
  }

  /**
   * The wait before the lookup.
   *
   * @param nanos it took; 0 for none
   * @param inVain whether it was given up
   */
  record Waited(long nanos, boolean inVain) {}

  /** What the cache has. */
  public Lookup lookup() {
    return lookup;
  }

  /** Whether the request waited for another one in vain. */
  public boolean gaveUp() {
    return waited.inVain();
  }

  /** Milliseconds before the lookup that counts began. */
  public double waitedMillis() {
    return waited.nanos() / 1e6;
  }

  /**
   * The rest is computed: whoever waits for it goes on.
   *
   * @param tokens that were computed
   * @param seconds that this took by the clock
   */
  public void computed(int tokens, double seconds) {
    all.computed(led, tokens, seconds);
    led = null;
  }

  /** Lets all go who wait for what was not computed. Idempotent. */
  @Override
  public void close() {
    all.givenUp(led);
    led = null;
  }
}
