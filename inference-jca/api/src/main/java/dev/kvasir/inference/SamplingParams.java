package dev.kvasir.inference;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How tokens are chosen from the logits, and what ends the answer. Made by {@link #builder}; what
 * is not set there changes nothing.
 *
 * <p>Bias and penalties are added to the logits, which are then divided by the temperature; of the
 * tokens that {@code minP} leaves, {@code topK} are kept, and of these the leading ones that reach
 * {@code topP}.
 *
 * @param temperature 0 to 2; 0 takes the most likely token (greedy)
 * @param topP above 0, up to 1: the smallest set of tokens with this much of the probability
 * @param topK the number of most likely tokens to choose from; 0 for all, as -1 is taken for
 * @param minP 0 to 1: least probability of a token, as a share of the most likely one's
 * @param seed of the random numbers; equal seeds give equal answers
 * @param presencePenalty -2 to 2: taken from the logit of each token that the answer has
 * @param frequencyPenalty -2 to 2: likewise, once for each time
 * @param logitBias -100 to 100 by token id, at most {@link #MAX_BIASES}
 * @param stop up to 4 texts that end the answer, none of them empty; they are not part of it
 * @param ignoreEos go on after the model's end token
 * @param responseFormat what the answer keeps to; null if it is free
 * @param topLogprobs null for no log-probabilities; else how many most likely tokens come with each
 *     chosen one, 0 to {@link #MAX_TOP_LOGPROBS}
 */
public record SamplingParams(
    double temperature,
    double topP,
    int topK,
    double minP,
    long seed,
    double presencePenalty,
    double frequencyPenalty,
    Map<Integer, Double> logitBias,
    List<String> stop,
    boolean ignoreEos,
    @Nullable ResponseFormat responseFormat,
    @Nullable Integer topLogprobs) {
  /** Most stop texts of a request. */
  public static final int MAX_STOPS = 4;

  /** Most token ids with a bias. */
  public static final int MAX_BIASES = 300;

  /** Most log-probabilities beside a chosen token's. */
  public static final int MAX_TOP_LOGPROBS = 20;

  /** Most likely token each time, nothing else. */
  public static final SamplingParams GREEDY = builder().build();

  /**
   * Checks all ranges.
   *
   * @throws SamplingRangeException naming the first parameter that is out of its range
   */
  public SamplingParams {
    logitBias = Map.copyOf(logitBias);
    stop = List.copyOf(stop);
    requireFrom(0, 2, "temperature", temperature);
    require(topP > 0 && topP <= 1, "top_p", topP, "above 0 and up to 1");
    require(topK >= -1, "top_k", topK, "0 or -1 (all), or more");
    topK = Math.max(topK, 0);
    requireFrom(0, 1, "min_p", minP);
    requireFrom(-2, 2, "presence_penalty", presencePenalty);
    requireFrom(-2, 2, "frequency_penalty", frequencyPenalty);
    require(
        logitBias.size() <= MAX_BIASES,
        "logit_bias",
        logitBias.size() + " tokens",
        "at most " + MAX_BIASES);
    logitBias.forEach((id, bias) -> requireBias(id, bias));
    require(stop.size() <= MAX_STOPS, "stop", stop.size() + " texts", "up to " + MAX_STOPS);
    require(
        stop.stream().noneMatch(String::isEmpty),
        "stop",
        "an empty text",
        "of at least one character; leave stop out for none");
    require(
        !ignoreEos || responseFormat == null,
        "ignore_eos",
        true,
        "false with a response format, which says where the answer ends");
    if (topLogprobs != null) {
      requireFrom(0, MAX_TOP_LOGPROBS, "top_logprobs", topLogprobs);
    }
  }

  /** The parameters of one of several answers to a prompt: with {@code seed + choice}. */
  public SamplingParams forChoice(int choice) {
    return new SamplingParams(
        temperature,
        topP,
        topK,
        minP,
        seed + choice,
        presencePenalty,
        frequencyPenalty,
        logitBias,
        stop,
        ignoreEos,
        responseFormat,
        topLogprobs);
  }

  /** Starts with {@link #GREEDY}. */
  public static SamplingParamsBuilder builder() {
    return new SamplingParamsBuilder();
  }

  /**
   * Checks what depends on the model.
   *
   * @throws SamplingRangeException if a biased token is not in the vocabulary
   */
  public void requireTokensWithin(int vocabularySize) {
    for (int id : logitBias.keySet()) {
      require(
          id >= 0 && id < vocabularySize,
          "logit_bias",
          "for token " + id,
          "for tokens from 0 to " + (vocabularySize - 1));
    }
  }

  private static void requireBias(int id, double bias) {
    require(
        bias >= -100 && bias <= 100, "logit_bias", bias + " for token " + id, "from -100 to 100");
  }

  private static void requireFrom(int min, int max, String parameter, Number value) {
    double number = value.doubleValue();
    require(number >= min && number <= max, parameter, value, "from " + min + " to " + max);
  }

  private static void require(boolean holds, String parameter, Object value, String allowed) {
    if (!holds) {
      throw new SamplingRangeException(
          parameter, "%s is %s, but must be %s".formatted(parameter, value, allowed));
    }
  }
}
