package dev.kvasir.cache;

import java.util.List;

/**
 * How policies without data fare beside the live one, on the requests of one node since it started
 * or they were set.
 *
 * @param node name of the node
 * @param live the policy in force, as a shadow of it would be written
 * @param runs one for each shadow
 * @param droppedRequests that the shadows did not see, as too many waited
 */
public record ShadowReport(String node, String live, List<Run> runs, long droppedRequests) {
  public ShadowReport {
    runs = List.copyOf(runs);
  }

  /**
   * One shadow. Ratios are blocks of the longest cached prefix for each block asked for; 0 of none.
   *
   * @param policy which
   * @param whole since it was set
   * @param recent the same, of the last some 10,000 blocks asked for
   * @param blocks that it would hold
   * @param capacityBlocks beyond which it would evict
   * @param sampledOf it sees one in so many chains, in as much less room; 1: all
   */
  public record Run(
      String policy, Ratios whole, Ratios recent, int blocks, int capacityBlocks, int sampledOf) {}

  /**
   * Hits of both on the same requests.
   *
   * @param askedBlocks blocks asked for
   * @param hitRatio of the shadow
   * @param liveHitRatio of the grid
   */
  public record Ratios(double askedBlocks, double hitRatio, double liveHitRatio) {}
}
