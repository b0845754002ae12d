package dev.kvasir.web.completion;

import dev.kvasir.inference.SamplingParams;
import dev.kvasir.inference.SamplingParamsBuilder;
import dev.kvasir.inference.SamplingRangeException;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.openai.CompletionFields;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/** What a request says about how tokens are chosen. */
final class SamplingFields {
  private static final double DEFAULT_TEMPERATURE = 1;
  private static final double DEFAULT_TOP_P = 1;

  private SamplingFields() {}

  /**
   * Fills in OpenAI's defaults; the seed is random where none is given.
   *
   * @throws RequestFault naming the first field out of its range
   */
  static SamplingParams toParams(CompletionFields wire) {
    Long seed = wire.seed();
    SamplingParamsBuilder params =
        SamplingParams.builder()
            .temperature(Objects.requireNonNullElse(wire.temperature(), DEFAULT_TEMPERATURE))
            .topP(Objects.requireNonNullElse(wire.topP(), DEFAULT_TOP_P))
            .topK(Objects.requireNonNullElse(wire.topK(), 0))
            .seed(seed == null ? ThreadLocalRandom.current().nextLong() : seed)
            .stop(TextContent.ofStop(wire.stop()))
            .ignoreEos(Boolean.TRUE.equals(wire.ignoreEos()));
    try {
      return params.build();
    } catch (SamplingRangeException wrong) {
      throw RequestFault.invalid(wrong.parameter(), wrong.getMessage() + ".");
    }
  }
}
