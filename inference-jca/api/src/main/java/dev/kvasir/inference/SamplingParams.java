package dev.kvasir.inference;

import java.util.List;

/**
 * How a token is chosen from the logits, and when to stop.
 *
 * @param temperature 0 to 2; 0 takes the most likely token (greedy)
 * @param topP above 0, up to 1: the smallest set of tokens with this much probability
 * @param topK 0 (all) or the number of most likely tokens to choose from
 * @param seed of the random numbers; equal seeds give equal answers
 * @param stop up to 4 texts that end the answer, none of them empty; they are not part of it
 * @param ignoreEos go on after the model's end token
 */
public record SamplingParams(
    double temperature, double topP, int topK, long seed, List<String> stop, boolean ignoreEos) {
  /** Most likely token each time, no stop texts. */
  public static final SamplingParams GREEDY = new SamplingParams(0, 1, 0, 0, List.of(), false);

  /** Most stop texts of a request. */
  public static final int MAX_STOPS = 4;

  public SamplingParams {
    stop = List.copyOf(stop);
    require(temperature >= 0 && temperature <= 2, "temperature", temperature, "0 to 2");
    require(topP > 0 && topP <= 1, "top_p", topP, "above 0 and up to 1");
    require(topK >= 0, "top_k", topK, "0 or more");
    require(stop.size() <= MAX_STOPS, "stop", stop.size() + " texts", "up to " + MAX_STOPS);
    require(stop.stream().noneMatch(String::isEmpty), "stop", "an empty text", "texts");
  }

  private static void require(boolean holds, String name, Object value, String allowed) {
    if (!holds) {
      throw new IllegalArgumentException(
          "%s is %s, but must be %s".formatted(name, value, allowed));
    }
  }
}
