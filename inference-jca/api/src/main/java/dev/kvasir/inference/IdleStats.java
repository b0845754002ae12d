package dev.kvasir.inference;

/**
 * What an engine did while nobody waited for it. Counters start at 0 with the engine and only grow.
 *
 * @param waitingBlocks blocks that are still to be computed so
 * @param computedTokens positions that were
 * @param sharedBlocks blocks that can be found since
 * @param droppedBlocks blocks that were given up: too many waited, the pool had given away what
 *     stands before them, or they could not be computed
 */
public record IdleStats(
    int waitingBlocks, long computedTokens, long sharedBlocks, long droppedBlocks) {
  /** Nothing yet. */
  public static final IdleStats NONE = new IdleStats(0, 0, 0, 0);
}
