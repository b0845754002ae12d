package dev.kvasir.cache.limits;

import dev.kvasir.cache.Ticker;
import java.util.concurrent.TimeUnit;

/** Counts what failed, by address: some failures are free, and one more with time. */
public final class FailedAttempts implements LoginGuard {
  private static final int MAX_ADDRESSES = 10_000;
  private static final long FORGIVEN_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final BoundedTable<String, TokenBucket> addresses = new BoundedTable<>(MAX_ADDRESSES);
  private final int free;
  private final Ticker ticker;

  /**
   * @param free failures that cost nothing; all of them are forgiven after ten minutes, and each
   *     after its share of these
   */
  public FailedAttempts(int free, Ticker ticker) {
    this.free = free;
    this.ticker = ticker;
  }

  @Override
  public int secondsToWait(String address) {
    long nanos = addresses.find(address).map(TokenBucket::nanosUntilOne).orElse(0L);
    return (int) TimeUnit.NANOSECONDS.toSeconds(nanos + TimeUnit.SECONDS.toNanos(1) - 1);
  }

  @Override
  public void failed(String address) {
    addresses.get(address, () -> new TokenBucket(free, FORGIVEN_NANOS, ticker)).take(1);
  }

  int addresses() {
    return addresses.size();
  }
}
