package dev.kvasir.cache.policy;

/** First in, first out: use changes nothing. */
final class Fifo extends SortedPolicy {
  private long placed;

  @Override
  void place(Node node) {
    node.rank = placed++;
  }

  @Override
  public void used(Node node) {}
}
