package dev.kvasir.completion;

import java.util.List;

/**
 * What makes an answer approximate: K/V of passages that were computed in other prompts of the same
 * tenant.
 *
 * @param policy which tokens of them were computed again
 * @param reusedTokens whose K/V is used as it came, but for its position
 * @param recomputedTokens of the same passages that were computed again
 * @param donors where they came from, by place in the prompt
 */
public record Approximation(
    BlendKind policy, int reusedTokens, int recomputedTokens, List<Donor> donors) {
  public Approximation {
    donors = List.copyOf(donors);
  }

  /**
   * Where a passage came from.
   *
   * @param passage its id in this request
   * @param request id of the request that computed it
   * @param tokens taken from there
   */
  public record Donor(String passage, String request, int tokens) {}
}
