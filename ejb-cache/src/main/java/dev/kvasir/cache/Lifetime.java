package dev.kvasir.cache;

/**
 * How long blocks stay at most; 0: as long as there is room.
 *
 * @param ttlSeconds since a block was stored
 * @param idleSeconds since a block was last used
 */
public record Lifetime(int ttlSeconds, int idleSeconds) {
  /** Longest, a year. */
  public static final int MAX_SECONDS = 31_536_000;

  /** No bound. */
  public static final Lifetime UNBOUNDED = new Lifetime(0, 0);

  public Lifetime {
    SettingRefusedException.unlessWithin(ttlSeconds, 0, MAX_SECONDS, "ttl_seconds");
    SettingRefusedException.unlessWithin(idleSeconds, 0, MAX_SECONDS, "idle_seconds");
  }

  /** Whether a block that was stored and used so long ago is too old. */
  public boolean isOver(long ageNanos, long idleNanos, boolean leaf) {
    // Whoever uses a block uses those before it: an inner one is never idle for longer.
    return (ttlSeconds > 0 && ageNanos >= ttlSeconds * 1_000_000_000L)
        || (leaf && idleSeconds > 0 && idleNanos >= idleSeconds * 1_000_000_000L);
  }
}
