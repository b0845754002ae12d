package dev.kvasir.web.completion;

import dev.kvasir.inference.SamplingParams;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.openai.CompletionFields;
import java.util.List;
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
    double heat = Objects.requireNonNullElse(wire.temperature(), DEFAULT_TEMPERATURE);
    require(heat >= 0 && heat <= 2, "temperature", heat, "from 0 to 2");
    double mass = Objects.requireNonNullElse(wire.topP(), DEFAULT_TOP_P);
    require(mass > 0 && mass <= 1, "top_p", mass, "above 0 and up to 1");
    int candidates = Objects.requireNonNullElse(wire.topK(), 0);
    require(candidates >= 0, "top_k", candidates, "0 (all) or more");
    List<String> stops = TextContent.ofStop(wire.stop());
    require(
        stops.size() <= SamplingParams.MAX_STOPS,
        "stop",
        stops.size() + " texts",
        "up to " + SamplingParams.MAX_STOPS);
    require(stops.stream().noneMatch(String::isEmpty), "stop", "an empty text", "text");
    Long seed = wire.seed();
    long start = seed == null ? ThreadLocalRandom.current().nextLong() : seed;
    return new SamplingParams(
        heat, mass, candidates, start, stops, Boolean.TRUE.equals(wire.ignoreEos()));
  }

  private static void require(boolean holds, String param, Object value, String allowed) {
    if (!holds) {
      throw RequestFault.invalid(
          param, "%s is %s, but must be %s.".formatted(param, value, allowed));
    }
  }
}
