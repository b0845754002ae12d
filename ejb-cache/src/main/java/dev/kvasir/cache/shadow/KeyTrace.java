package dev.kvasir.cache.shadow;

import dev.kvasir.cache.Prefix;
import dev.kvasir.cache.Ticker;
import dev.kvasir.cache.tiered.KeyStream;
import dev.kvasir.inference.BlockHash;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What requests asked for in the last hour, names only, to be played again; of many requests the
 * last ones. Safe for all threads.
 */
public final class KeyTrace implements KeyStream {
  /** Some 15 MB. */
  static final int MAX_BLOCKS = 250_000;

  private static final long MAX_AGE_NANOS = TimeUnit.HOURS.toNanos(1);

  private final Ticker ticker;
  private final Deque<Look> looks = new ArrayDeque<>(); // oldest first, guarded by this
  private int blocks; // guarded by this

  /**
   * @param ticker monotonic nanoseconds
   */
  public KeyTrace(Ticker ticker) {
    this.ticker = ticker;
  }

  /**
   * A request.
   *
   * @param tenant whose
   * @param chain names of its prompt's blocks
   * @param liveHits of the leading ones, that the store had
   * @param nanos reading of the ticker when it came
   */
  record Look(String tenant, List<BlockHash> chain, int liveHits, long nanos) {}

  @Override
  public boolean listens() {
    return true;
  }

  @Override
  public synchronized void looked(Prefix prefix, int storedBlocks) {
    looks.addLast(new Look(prefix.tenant(), prefix.hashes(), storedBlocks, ticker.read()));
    blocks += prefix.hashes().size();
    forgetOld();
  }

  /** Nothing to add: who asked for blocks offers them. */
  @Override
  public void published(Prefix prefix) {}

  /** Those kept, oldest first. */
  synchronized List<Look> looks() {
    forgetOld();
    return List.copyOf(looks);
  }

  private void forgetOld() {
    assert Thread.holdsLock(this);
    long now = ticker.read();
    for (Look oldest = looks.peekFirst();
        oldest != null && (blocks > MAX_BLOCKS || now - oldest.nanos() > MAX_AGE_NANOS);
        oldest = looks.peekFirst()) {
      looks.removeFirst();
      blocks -= oldest.chain().size();
    }
  }
}
