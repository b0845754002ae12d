package dev.kvasir.cache.policy;

/**
 * Greedy-dual by size and frequency: smallest {@code age + frequency * cost / bytes} first, where
 * cost is what computing the block anew takes, and age the priority of whoever was evicted last.
 *
 * <p>Cherkasova, "Improving WWW proxies performance with greedy-dual-size-frequency caching
 * policy", 1998, https://www.hpl.hp.com/techreports/98/HPL-98-69R1.html. Leaves only; the cost is
 * that of {@link RecomputeCost}, by depth.
 */
final class Gdsf extends SortedPolicy {
  private final RecomputeCost cost;
  private final double aging;
  private double age;

  /**
   * @param aging share of an evicted block's priority that newcomers start from: 1 in the paper
   */
  Gdsf(RecomputeCost cost, double aging) {
    this.cost = cost;
    this.aging = aging;
  }

  @Override
  void place(Node node) {
    node.priority = aging * age + (1 + node.uses) * cost.perByte(node.block);
    node.rank = node.lastUseNanos;
  }

  @Override
  public void evicted(Node node) {
    age = Math.max(age, node.priority);
  }
}
