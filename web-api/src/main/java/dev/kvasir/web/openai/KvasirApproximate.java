package dev.kvasir.web.openai;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;

/**
 * What makes an answer approximate, under {@code kvasir.approximate} in a response.
 *
 * @param policy which tokens of the passages were computed again
 * @param reusedTokens whose K/V is used as another prompt computed it, but for its position
 * @param recomputedTokens of the same passages
 * @param donors where these came from, in the prompt's order
 */
@JsonbPropertyOrder({"policy", "reusedTokens", "recomputedTokens", "donors"})
public record KvasirApproximate(
    String policy, int reusedTokens, int recomputedTokens, List<Donor> donors) {
  /**
   * A passage and the request that computed it.
   *
   * @param passage its id in this request
   * @param request id of that request, of the same tenant
   * @param tokens taken from there
   */
  @JsonbPropertyOrder({"passage", "request", "tokens"})
  public record Donor(String passage, String request, int tokens) {}
}
