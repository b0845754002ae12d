package dev.kvasir.cache.browse;

/**
 * What became of a wish to take blocks out.
 *
 * @param blocks that left
 * @param more blocks that are there still, since one call takes only so many
 * @param pinned blocks because of which none left
 */
public record RemovedBranch(int blocks, int more, int pinned) {
  /** Of a block that is not cached. */
  public static final RemovedBranch NONE = new RemovedBranch(0, 0, 0);
}
