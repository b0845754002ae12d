package dev.kvasir.cache.shadow;

import dev.kvasir.cache.ShadowReport;

/** Hits of a shadow and of the live policy, the past weighing less. One thread at a time. */
final class FadingRatio {
  private final double keptPerBlock;
  private double asked;
  private double hits;
  private double liveHits;

  /**
   * @param keptPerBlock weight that the past keeps with each block asked for, 1 for all of it
   */
  FadingRatio(double keptPerBlock) {
    this.keptPerBlock = keptPerBlock;
  }

  void add(int blocks, int hitBlocks, int liveHitBlocks) {
    double kept = keptPerBlock == 1 ? 1 : Math.pow(keptPerBlock, blocks);
    asked = asked * kept + blocks;
    hits = hits * kept + hitBlocks;
    liveHits = liveHits * kept + liveHitBlocks;
  }

  ShadowReport.Ratios snapshot() {
    double of = Math.max(1, asked);
    return new ShadowReport.Ratios(asked, hits / of, liveHits / of);
  }
}
