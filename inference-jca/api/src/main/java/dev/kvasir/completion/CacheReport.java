package dev.kvasir.completion;

/**
 * Where the K/V of a prompt came from; the six counts add up to its tokens.
 *
 * @param poolTokens from the engine's own pool
 * @param nearTokens from this node's near cache
 * @param localTokens from this node's partitions of the grid
 * @param remoteTokens from another node's partitions
 * @param diskTokens from a node's disk
 * @param computedTokens computed here
 * @param missReason why not more came from the cache
 * @param lookupMillis spent to find the blocks and fetch their bytes
 * @param loadMillis spent to check the bytes and put them into the pool
 * @param prefillMillis that the steps took which computed the rest, without those of others
 * @param node that answered
 */
public record CacheReport(
    int poolTokens,
    int nearTokens,
    int localTokens,
    int remoteTokens,
    int diskTokens,
    int computedTokens,
    MissReason missReason,
    double lookupMillis,
    double loadMillis,
    double prefillMillis,
    String node) {
  /** Tokens that were not computed. */
  public int cachedTokens() {
    return poolTokens + nearTokens + localTokens + remoteTokens + diskTokens;
  }
}
