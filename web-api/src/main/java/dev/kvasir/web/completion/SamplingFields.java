package dev.kvasir.web.completion;

import dev.kvasir.inference.SamplingParams;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.openai.ChatCompletionRequest;
import dev.kvasir.web.openai.TextCompletionRequest;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What both kinds of request say about how tokens are chosen. */
record SamplingFields(
    @Nullable Double temperature,
    @Nullable Double topP,
    @Nullable Integer topK,
    @Nullable Long seed,
    @Nullable JsonValue stop,
    @Nullable Boolean ignoreEos) {
  private static final double DEFAULT_TEMPERATURE = 1;
  private static final double DEFAULT_TOP_P = 1;

  static SamplingFields of(ChatCompletionRequest request) {
    return new SamplingFields(
        request.temperature(),
        request.topP(),
        request.topK(),
        request.seed(),
        request.stop(),
        request.ignoreEos());
  }

  static SamplingFields of(TextCompletionRequest request) {
    return new SamplingFields(
        request.temperature(),
        request.topP(),
        request.topK(),
        request.seed(),
        request.stop(),
        request.ignoreEos());
  }

  /**
   * Fills in OpenAI's defaults; the seed is random where none is given.
   *
   * @throws RequestFault naming the first field out of its range
   */
  SamplingParams toParams() {
    double heat = Objects.requireNonNullElse(temperature, DEFAULT_TEMPERATURE);
    require(heat >= 0 && heat <= 2, "temperature", heat, "from 0 to 2");
    double mass = Objects.requireNonNullElse(topP, DEFAULT_TOP_P);
    require(mass > 0 && mass <= 1, "top_p", mass, "above 0 and up to 1");
    int candidates = Objects.requireNonNullElse(topK, 0);
    require(candidates >= 0, "top_k", candidates, "0 (all) or more");
    List<String> stops = TextContent.ofStop(stop);
    require(
        stops.size() <= SamplingParams.MAX_STOPS,
        "stop",
        stops.size() + " texts",
        "up to " + SamplingParams.MAX_STOPS);
    require(stops.stream().noneMatch(String::isEmpty), "stop", "an empty text", "text");
    long start = seed == null ? ThreadLocalRandom.current().nextLong() : seed;
    return new SamplingParams(heat, mass, candidates, start, stops, Boolean.TRUE.equals(ignoreEos));
  }

  private static void require(boolean holds, String param, Object value, String allowed) {
    if (!holds) {
      throw RequestFault.invalid(
          param, "%s is %s, but must be %s.".formatted(param, value, allowed));
    }
  }
}
