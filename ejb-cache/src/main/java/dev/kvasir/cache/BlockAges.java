package dev.kvasir.cache;

/** Hears how old blocks get: quick, never throws, and calls nothing that could come back here. */
public interface BlockAges {
  /** A block was used again, so long after its last use or its coming. */
  void used(double gapSeconds);

  /**
   * This node evicted a block.
   *
   * @param lifetimeSeconds since it came
   * @param idleSeconds since its last use, or its coming
   */
  void evicted(double lifetimeSeconds, double idleSeconds);
}
