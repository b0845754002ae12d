package dev.kvasir.web.completion;

import dev.kvasir.inference.SamplingParams;
import dev.kvasir.inference.SamplingParamsBuilder;
import dev.kvasir.inference.SamplingRangeException;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.openai.CompletionFields;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What a request says about how tokens are chosen. */
final class SamplingFields {
  static final double DEFAULT_TEMPERATURE = 1;
  static final double DEFAULT_TOP_P = 1;

  private SamplingFields() {}

  /**
   * Fills in OpenAI's defaults; the seed is random where none is given.
   *
   * @param vocabularySize of the model
   * @throws RequestFault naming the first field out of its range
   */
  static <W extends Record & CompletionFields> SamplingParams toParams(
      CompletionKind<W> kind, W wire, int vocabularySize) {
    Long seed = wire.seed();
    SamplingParamsBuilder builder =
        SamplingParams.builder()
            .temperature(Objects.requireNonNullElse(wire.temperature(), DEFAULT_TEMPERATURE))
            .topP(Objects.requireNonNullElse(wire.topP(), DEFAULT_TOP_P))
            .topK(Objects.requireNonNullElse(wire.topK(), 0))
            .minP(orZero(wire.minP()))
            .presencePenalty(orZero(wire.presencePenalty()))
            .frequencyPenalty(orZero(wire.frequencyPenalty()))
            .logitBias(logitBias(wire.logitBias()))
            .seed(seed == null ? ThreadLocalRandom.current().nextLong() : seed)
            .stop(TextContent.ofStop(wire.stop()))
            .ignoreEos(Boolean.TRUE.equals(wire.ignoreEos()))
            .responseFormat(kind.format(wire))
            .topLogprobs(kind.topLogprobs(wire));
    try {
      SamplingParams params = builder.build();
      params.requireTokensWithin(vocabularySize);
      return params;
    } catch (SamplingRangeException wrong) {
      throw RequestFault.invalid(wrong.parameter(), wrong.getMessage() + ".");
    }
  }

  private static double orZero(@Nullable Double value) {
    return Objects.requireNonNullElse(value, 0.0);
  }

  /** JSON has texts for keys. */
  private static Map<Integer, Double> logitBias(@Nullable Map<String, Double> wire) {
    Map<Integer, Double> biases = new HashMap<>();
    (wire == null ? Map.<String, Double>of() : wire)
        .forEach((key, bias) -> biases.put(tokenId(key), bias));
    return biases;
  }

  private static int tokenId(String key) {
    try {
      return Integer.parseInt(key);
    } catch (NumberFormatException noToken) {
      throw RequestFault.invalid(
          "logit_bias",
          "logit_bias has \"%s\", but its names must be token ids.".formatted(Quoted.of(key)));
    }
  }
}
