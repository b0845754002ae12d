package dev.kvasir.completion;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the K/V of a prompt came from; the six counts, and the reused tokens of an approximation,
 * add up to its tokens.
 *
 * @param poolTokens from the engine's own pool
 * @param nearTokens from this node's near cache
 * @param localTokens from this node's partitions of the grid
 * @param remoteTokens from another node's partitions
 * @param diskTokens from a node's disk
 * @param computedTokens computed here
 * @param missReason why not more came from the cache
 * @param lookupMillis spent to find the blocks and fetch their bytes
 * @param loadMillis spent to check the bytes and put them into the pool; where a part was computed
 *     meanwhile, from asking for the bytes until the last came
 * @param prefillMillis that the steps took which computed the rest, without those of others
 * @param node that answered
 * @param gaps the computed tokens by reason, in the prompt's order; their sum is computedTokens
 * @param estimate of loading what the store had; null if it had nothing that the pool had not
 * @param approximation what makes the answer approximate; null for an exact one
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
    String node,
    List<Gap> gaps,
    @Nullable LoadEstimate estimate,
    @Nullable Approximation approximation) {
  public CacheReport {
    gaps = List.copyOf(gaps);
  }

  /** Of an exact answer. */
  public CacheReport(
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
      String node,
      List<Gap> gaps,
      @Nullable LoadEstimate estimate) {
    this(
        poolTokens,
        nearTokens,
        localTokens,
        remoteTokens,
        diskTokens,
        computedTokens,
        missReason,
        lookupMillis,
        loadMillis,
        prefillMillis,
        node,
        gaps,
        estimate,
        null);
  }

  /** Without details. */
  public CacheReport(
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
    this(
        poolTokens,
        nearTokens,
        localTokens,
        remoteTokens,
        diskTokens,
        computedTokens,
        missReason,
        lookupMillis,
        loadMillis,
        prefillMillis,
        node,
        List.of(Gap.of(missReason, computedTokens)),
        null);
  }

  /** Tokens that were not computed. */
  public int cachedTokens() {
    return poolTokens + nearTokens + localTokens + remoteTokens + diskTokens;
  }

  /** Cached tokens that the pool did not have. */
  public int loadedTokens() {
    return cachedTokens() - poolTokens;
  }

  /** Tokens between the pool's and the loaded ones, computed while those were loaded. */
  public int meanwhileTokens() {
    return gaps.stream()
        .filter(gap -> gap.reason() == MissReason.MEANWHILE)
        .mapToInt(Gap::tokens)
        .sum();
  }
}
