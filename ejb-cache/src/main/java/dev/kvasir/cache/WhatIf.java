package dev.kvasir.cache;

import java.util.List;

/**
 * What policies would have hit at other budgets, on the last requests of one node.
 *
 * @param node name of the node
 * @param live the policy in force, as a shadow of it would be written
 * @param requests that were played again
 * @param askedBlocks blocks that they asked for
 * @param seconds since the first of them
 * @param liveHitRatio blocks of the longest prefix that the grid had for each block asked for
 * @param curves one for each policy
 */
public record WhatIf(
    String node,
    String live,
    int requests,
    long askedBlocks,
    double seconds,
    double liveHitRatio,
    List<Curve> curves) {
  public WhatIf {
    curves = List.copyOf(curves);
  }

  /**
   * One policy, by budget.
   *
   * @param policy as shadows are written, without a budget
   * @param points smallest budget first
   */
  public record Curve(String policy, List<Point> points) {
    public Curve {
      points = List.copyOf(points);
    }
  }

  /**
   * One simulation, from an empty cache on.
   *
   * @param budgetBytes of each node
   * @param hitRatio as that of the live cache
   */
  public record Point(long budgetBytes, double hitRatio) {}
}
