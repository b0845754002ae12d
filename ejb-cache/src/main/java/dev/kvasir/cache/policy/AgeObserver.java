package dev.kvasir.cache.policy;

/** Hears of blocks' ages, as readings of the tree's clock, while the tree changes. */
public interface AgeObserver {
  /** Hears nothing. */
  AgeObserver NONE =
      new AgeObserver() {
        @Override
        public void used(long lastUseNanos, long nowNanos) {}

        @Override
        public void evicted(long addedNanos, long lastUseNanos) {}
      };

  /** A block was used now. */
  void used(long lastUseNanos, long nowNanos);

  /** A block was taken as a victim. */
  void evicted(long addedNanos, long lastUseNanos);
}
