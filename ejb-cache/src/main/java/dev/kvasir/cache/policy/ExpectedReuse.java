package dev.kvasir.cache.policy;

import static dev.kvasir.cache.policy.ReuseHistory.CLASSES;

import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The least worthy of some random leaves first, where worth is the expected reuse as {@link
 * ReuseRates} has learned it, times what a reuse saves, for each byte. Ours; among few leaves all
 * are looked at. Equal worth: least recently used first.
 *
 * <p>Sampled eviction by a learned worth is that of LHD (see there); the classes are ours: how
 * often a block was used, ghosts remembered, and whether another one ever continued it. The last
 * block of a conversation is rarely asked for again, and one that was taken twice mostly is.
 */
final class ExpectedReuse implements EvictionPolicy {
  /** Of the sample, so many that became leaves last: such as the parent of the last victim. */
  private static final int YOUNGEST = 4;

  private final ReuseRates rates = new ReuseRates(CLASSES);
  private final ReuseHistory history;
  private final int sample;
  private final ToDoubleFunction<TreeBlock> savedPerByte;
  private final LeafSample leaves = new LeafSample();

  /**
   * Nothing learned yet.
   *
   * @param bounds of what is remembered
   * @param sample leaves that are looked at for each victim
   * @param savedPerByte what a hit of the block saves, for each of its bytes
   */
  ExpectedReuse(ReuseHistory.Bounds bounds, int sample, ToDoubleFunction<TreeBlock> savedPerByte) {
    this.history = new ReuseHistory(bounds, rates);
    this.sample = sample;
    this.savedPerByte = savedPerByte;
  }

  @Override
  public void added(Node node) {
    node.track = history.come(node.block.hash(), node.uses);
    node.rank = node.uses;
    if (node.children > 0) {
      continued(node);
    }
  }

  @Override
  public void used(Node node) {
    history.use(track(node), node.uses - node.rank);
    node.rank = node.uses;
  }

  @Override
  public void continued(Node parent) {
    history.continued(track(parent));
  }

  @Override
  public void removed(Node node) {
    history.leave(node.block.hash(), track(node));
  }

  @Override
  public void enter(Node leaf) {
    leaves.add(leaf, history.stamp(track(leaf)), savedPerByte.applyAsDouble(leaf.block));
  }

  @Override
  public void leave(Node leaf) {
    leaves.remove(leaf);
  }

  @Override
  public @Nullable Node victim() {
    int looks = Math.min(sample, leaves.size());
    boolean all = looks == leaves.size();
    Node victim = null;
    double least = Double.POSITIVE_INFINITY;
    long oldest = Long.MAX_VALUE;
    for (int look = 0; look < looks; look++) {
      int place = all || look < YOUNGEST ? leaves.size() - 1 - look : leaves.anyPlace();
      long stamp = leaves.stamp(place);
      double worth = leaves.weight(place) * worth(stamp);
      if (worth < least || (worth == least && stamp < oldest)) {
        least = worth;
        oldest = stamp;
        victim = leaves.leaf(place);
      }
    }
    return victim;
  }

  private double worth(long stamp) {
    return rates.worth((int) (stamp % CLASSES), history.clock() - stamp / CLASSES);
  }

  private static ReuseHistory.Track track(Node node) {
    return Objects.requireNonNull(node.track);
  }
}
