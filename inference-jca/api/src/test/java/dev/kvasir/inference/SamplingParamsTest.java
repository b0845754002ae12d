package dev.kvasir.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplingParamsTest {
  @Test
  void build_nothingSet_greedy() {
    assertEquals(
        new SamplingParams(0, 1, 0, 0, 0, 0, 0, Map.of(), List.of(), false, null, null),
        SamplingParams.builder().build());
  }

  @Test
  void build_everythingSet_inItsPlace() {
    SamplingParams params =
        SamplingParams.builder()
            .temperature(0.5)
            .topP(0.9)
            .topK(40)
            .minP(0.1)
            .seed(7)
            .presencePenalty(-2)
            .frequencyPenalty(2)
            .logitBias(Map.of(3, -100.0))
            .stop(List.of("a"))
            .ignoreEos(true)
            .topLogprobs(20)
            .build();

    assertEquals(
        new SamplingParams(
            0.5, 0.9, 40, 0.1, 7, -2, 2, Map.of(3, -100.0), List.of("a"), true, null, 20),
        params);
  }

  @Test
  void build_outOfRange_refusedWithNameValueAndRange() {
    assertRefused("temperature is 3.0, but must be from 0 to 2", p -> p.temperature(3));
    assertRefused("temperature is NaN, but must be from 0 to 2", p -> p.temperature(Double.NaN));
    assertRefused("top_p is 0.0, but must be above 0 and up to 1", p -> p.topP(0));
    assertRefused("top_k is -2, but must be 0 or -1 (all), or more", p -> p.topK(-2));
    assertRefused("min_p is 1.5, but must be from 0 to 1", p -> p.minP(1.5));
    assertRefused("presence_penalty is 2.1, but must be from -2 to 2", p -> p.presencePenalty(2.1));
    assertRefused(
        "frequency_penalty is -3.0, but must be from -2 to 2", p -> p.frequencyPenalty(-3));
    assertRefused(
        "logit_bias is 101.0 for token 5, but must be from -100 to 100",
        p -> p.logitBias(Map.of(5, 101.0)));
    assertRefused("logit_bias is 301 tokens, but must be at most 300", p -> p.logitBias(many(301)));
    assertRefused(
        "stop is 5 texts, but must be up to 4", p -> p.stop(List.of("a", "b", "c", "d", "e")));
    assertRefused(
        "stop is an empty text, but must be of at least one character; leave stop out for none",
        p -> p.stop(List.of("")));
    assertRefused("top_logprobs is 21, but must be from 0 to 20", p -> p.topLogprobs(21));
  }

  @Test
  void build_topKMinusOne_allAsWithZero() {
    assertEquals(SamplingParams.GREEDY, SamplingParams.builder().topK(-1).build());
  }

  @Test
  void requireTokensWithin_biasOutsideTheVocabulary_refused() {
    SamplingParams last = SamplingParams.builder().logitBias(Map.of(9, 1.0)).build();
    last.requireTokensWithin(10);

    SamplingRangeException refused =
        assertThrows(SamplingRangeException.class, () -> last.requireTokensWithin(9));
    assertEquals("logit_bias", refused.parameter());
    assertEquals(
        "logit_bias is for token 9, but must be for tokens from 0 to 8", refused.getMessage());
  }

  private static Map<Integer, Double> many(int count) {
    return IntStream.range(0, count).boxed().collect(Collectors.toMap(id -> id, id -> 1.0));
  }

  private static void assertRefused(String message, Consumer<SamplingParamsBuilder> change) {
    SamplingParamsBuilder builder = SamplingParams.builder();
    change.accept(builder);
    SamplingRangeException refused = assertThrows(SamplingRangeException.class, builder::build);
    assertEquals(message, refused.getMessage());
    assertEquals(message.substring(0, message.indexOf(' ')), refused.parameter());
  }
}
