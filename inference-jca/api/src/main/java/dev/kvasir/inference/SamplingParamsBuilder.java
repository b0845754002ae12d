package dev.kvasir.inference;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes {@link SamplingParams}, whose components its methods are named after. For one thread. */
public final class SamplingParamsBuilder {
  private double temperature;
  private double topP = 1;
  private int topK;
  private double minP;
  private long seed;
  private double presencePenalty;
  private double frequencyPenalty;
  private Map<Integer, Double> logitBias = Map.of();
  private List<String> stop = List.of();
  private boolean ignoreEos;
  private @Nullable ResponseFormat responseFormat;
  private @Nullable Integer topLogprobs;

  SamplingParamsBuilder() {}

  /** Sets the temperature, 0 if not called. */
  public SamplingParamsBuilder temperature(double temperature) {
    this.temperature = temperature;
    return this;
  }

  /** Sets the share of probability to choose from, 1 if not called. */
  public SamplingParamsBuilder topP(double topP) {
    this.topP = topP;
    return this;
  }

  /** Sets the number of tokens to choose from, all if not called. */
  public SamplingParamsBuilder topK(int topK) {
    this.topK = topK;
    return this;
  }

  /** Sets the least probability relative to the most likely token, 0 if not called. */
  public SamplingParamsBuilder minP(double minP) {
    this.minP = minP;
    return this;
  }

  /** Sets the seed, 0 if not called. */
  public SamplingParamsBuilder seed(long seed) {
    this.seed = seed;
    return this;
  }

  /** Sets the penalty of tokens that are there, 0 if not called. */
  public SamplingParamsBuilder presencePenalty(double presencePenalty) {
    this.presencePenalty = presencePenalty;
    return this;
  }

  /** Sets the penalty for each time that a token is there, 0 if not called. */
  public SamplingParamsBuilder frequencyPenalty(double frequencyPenalty) {
    this.frequencyPenalty = frequencyPenalty;
    return this;
  }

  /** Sets what is added to logits by token id, nothing if not called. */
  public SamplingParamsBuilder logitBias(Map<Integer, Double> logitBias) {
    this.logitBias = logitBias;
    return this;
  }

  /** Sets the texts that end the answer, none if not called. */
  public SamplingParamsBuilder stop(List<String> stop) {
    this.stop = stop;
    return this;
  }

  /** Sets whether to go on after the end token, false if not called. */
  public SamplingParamsBuilder ignoreEos(boolean ignoreEos) {
    this.ignoreEos = ignoreEos;
    return this;
  }

  /** Sets what the answer keeps to, nothing if not called. */
  public SamplingParamsBuilder responseFormat(@Nullable ResponseFormat responseFormat) {
    this.responseFormat = responseFormat;
    return this;
  }

  /** Sets how many log-probabilities come with a token, none at all if not called. */
  public SamplingParamsBuilder topLogprobs(@Nullable Integer topLogprobs) {
    this.topLogprobs = topLogprobs;
    return this;
  }

  /**
   * The parameters.
   *
   * @throws SamplingRangeException naming the first that is out of its range
   */
  public SamplingParams build() {
    return new SamplingParams(
        temperature,
        topP,
        topK,
        minP,
        seed,
        presencePenalty,
        frequencyPenalty,
        logitBias,
        stop,
        ignoreEos,
        responseFormat,
        topLogprobs);
  }
}
