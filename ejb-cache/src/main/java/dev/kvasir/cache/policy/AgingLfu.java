package dev.kvasir.cache.policy;

/**
 * Least frequently used first, with dynamic aging (LFU-DA): a block counts its uses on top of the
 * priority of whoever was evicted last, so that past fame fades. Ties by recency.
 *
 * <p>Arlitt, Cherkasova, Dilley, Friedrich, Jin, "Evaluating content management techniques for Web
 * proxy caches", 2000, https://doi.org/10.1145/346000.346003. Leaves only.
 */
final class AgingLfu extends SortedPolicy {
  private final double aging;
  private double age;

  /**
   * @param aging share of an evicted block's priority that newcomers start from: 1 in the paper, 0
   *     for plain LFU
   */
  AgingLfu(double aging) {
    this.aging = aging;
  }

  @Override
  void place(Node node) {
    node.priority = aging * age + 1 + node.uses;
    node.rank = node.lastUseNanos;
  }

  @Override
  public void evicted(Node node) {
    age = Math.max(age, node.priority);
  }
}
