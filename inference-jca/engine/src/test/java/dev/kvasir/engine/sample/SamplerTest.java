package dev.kvasir.engine.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.inference.InferenceException;
import dev.kvasir.inference.SamplingParams;
import dev.kvasir.inference.SamplingParamsBuilder;
import dev.kvasir.inference.TokenLogprob;
import dev.kvasir.inference.TokenLogprobs;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplerTest {
  /** Probabilities 0.5, 0.25, 0.125, 0.125 in other order: ids 2, 0, 1, 3. */
  private static final float[] LOGITS = {ln(0.25), ln(0.125), ln(0.5), ln(0.125)};

  private static final int DRAWS = 20_000;

  @Test
  void choose_greedy_largestLogitAndSmallestIdAmongEquals() {
    assertEquals(2, sampler(greedy()).choose(LOGITS).id());
    assertEquals(1, sampler(greedy()).choose(new float[] {0, 3, 3, 3}).id());
    assertEquals(1, sampler(greedy()).choose(new float[] {-7, -3, -5}).id());
  }

  @Test
  void choose_temperatureOne_frequenciesAreProbabilities() {
    int[] counts = counts(hot(1));
    assertEquals(0.5, counts[2] / (double) DRAWS, 0.02);
    assertEquals(0.25, counts[0] / (double) DRAWS, 0.02);
    assertEquals(0.125, counts[1] / (double) DRAWS, 0.02);
    assertEquals(0.125, counts[3] / (double) DRAWS, 0.02);
  }

  @Test
  void choose_lowTemperature_favoursTheBest() {
    int[] counts = counts(hot(2).temperature(0.5));
    // squares of the probabilities: 16, 4, 1, 1 of 22
    assertEquals(16 / 22.0, counts[2] / (double) DRAWS, 0.02);
  }

  @Test
  void choose_topK_onlyTheBestKSmallerIdAmongEquals() {
    assertEquals(Set.of(2), chosen(hot(3).topK(1)));
    assertEquals(Set.of(0, 2), chosen(hot(3).topK(2)));
    assertEquals(Set.of(0, 1, 2), chosen(hot(3).topK(3)));
    assertEquals(Set.of(0, 1, 2, 3), chosen(hot(3).topK(100)));
  }

  @Test
  void choose_topP_smallestSetThatReachesIt() {
    assertEquals(Set.of(2), chosen(hot(4).topP(0.49)));
    assertEquals(Set.of(0, 2), chosen(hot(5).topP(0.74)));
    assertEquals(Set.of(0, 1, 2), chosen(hot(6).topP(0.8)));
    assertEquals(Set.of(0, 1, 2, 3), chosen(hot(6).topP(0.9)));
  }

  @Test
  void choose_minP_atLeastThisShareOfTheBest() {
    assertEquals(Set.of(2), chosen(hot(4).minP(0.51)));
    assertEquals(Set.of(0, 2), chosen(hot(4).minP(0.49)));
    assertEquals(Set.of(0, 2), chosen(hot(4).minP(0.26)));
    assertEquals(Set.of(0, 1, 2, 3), chosen(hot(4).minP(0.24)));
    // the temperature comes first: the root of 1/2 is 0.71, that of 1/4 is 0.5
    assertEquals(Set.of(0, 2), chosen(hot(4).temperature(2).minP(0.51)));
  }

  @Test
  void choose_topPBehindOtherFilters_shareOfWhatTheyLeave() {
    // 0.5 of the 0.75 that two tokens have is 0.67
    assertEquals(Set.of(2), chosen(hot(4).topK(2).topP(0.66)));
    assertEquals(Set.of(0, 2), chosen(hot(4).topK(2).topP(0.68)));
    assertEquals(Set.of(2), chosen(hot(4).minP(0.3).topP(0.66)));
    assertEquals(Set.of(0, 2), chosen(hot(4).topK(3).minP(0.3).topP(0.99)));
  }

  @Test
  void choose_penalties_countTheAnswersTokens() {
    float[] logits = {0, 1, 0};
    assertEquals(List.of(1, 0, 2, 1, 1, 1), ids(greedy().presencePenalty(1.5), logits, 6));
    // after n times: 1 - n/2 against 0, then 0 against -1/2
    assertEquals(List.of(1, 1, 0, 1, 2), ids(greedy().frequencyPenalty(0.5), logits, 5));
    assertEquals(List.of(1, 1, 1), ids(greedy().presencePenalty(-2), logits, 3));
  }

  @Test
  void choose_logitBias_addedWhateverTheLogits() {
    assertEquals(3, sampler(greedy().logitBias(Map.of(3, 2.0))).choose(LOGITS).id());
    assertEquals(Set.of(1, 3), chosen(hot(9).logitBias(Map.of(0, -100.0, 2, -100.0))));
    // a token that has both: 2 - 2 against 1
    assertEquals(
        List.of(0, 1),
        ids(greedy().logitBias(Map.of(0, 2.0)).presencePenalty(2), new float[] {0, 1}, 2));
  }

  @Test
  void choose_changes_leaveTheLogitsAlone() {
    float[] logits = LOGITS.clone();
    Sampler sampler = sampler(hot(1).logitBias(Map.of(1, 5.0)).presencePenalty(1).topP(0.9));
    sampler.choose(logits);
    sampler.choose(logits);
    assertArrayEquals(LOGITS, logits);
  }

  @Test
  void choose_sameSeed_sameTokens() {
    assertEquals(ids(hot(7), LOGITS, 50), ids(hot(7), LOGITS, 50));
    assertNotEquals(ids(hot(7), LOGITS, 50), ids(hot(8), LOGITS, 50));
  }

  @Test
  void choose_filters_oneRandomNumberATokenAllTheSame() {
    float[] sure = {100, 0, 0, 0};
    float[] even = new float[997];
    Sampler plain = sampler(hot(7));
    Sampler filtered = sampler(hot(7).topK(900).minP(0.01).topP(0.999));
    for (int i = 0; i < 50; i++) {
      plain.choose(LOGITS);
      assertEquals(0, filtered.choose(sure).id());
    }
    // the next number is the same share of all: 997 tokens here, 900 * 0.999 there
    double share = plain.choose(even).id() / 997.0;
    assertEquals(share, filtered.choose(even).id() / 900.0, 0.003);
  }

  @Test
  void choose_logprobs_ofTheModelNotOfTheFilters() {
    Sampler sampler =
        sampler(hot(1).temperature(0.1).topK(1).logitBias(Map.of(1, 50.0)).topLogprobs(3));

    TokenLogprobs logprobs = Objects.requireNonNull(sampler.choose(LOGITS).logprobs());

    assertLogprob(1, 0.125, logprobs.chosen());
    assertEquals(3, logprobs.top().size());
    assertLogprob(2, 0.5, logprobs.top().get(0));
    assertLogprob(0, 0.25, logprobs.top().get(1));
    assertLogprob(1, 0.125, logprobs.top().get(2));
  }

  @Test
  void choose_logprobsWithoutTop_chosenAlone() {
    TokenLogprobs logprobs =
        Objects.requireNonNull(
            sampler(greedy().topLogprobs(0)).choose(new float[] {1000, 1000}).logprobs());

    assertLogprob(0, 0.5, logprobs.chosen());
    assertEquals(List.of(), logprobs.top());
    assertNull(sampler(greedy()).choose(LOGITS).logprobs());
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void choose_notFinite_failsNamingTheToken(float logit) {
    InferenceException failure =
        assertThrows(
            InferenceException.class, () -> sampler(greedy()).choose(new float[] {1, logit, 0}));
    assertTrue(String.valueOf(failure.getMessage()).contains("token 1"));
  }

  @Test
  void choose_minusInfinity_neverChosenUnlessAlone() {
    float[] masked = {Float.NEGATIVE_INFINITY, 0, Float.NEGATIVE_INFINITY};
    assertEquals(List.of(1, 1, 1, 1), ids(hot(1), masked, 4));
    assertEquals(List.of(1, 1, 1, 1), ids(hot(1).topK(2), masked, 4));
    TokenLogprobs logprobs =
        Objects.requireNonNull(sampler(greedy().topLogprobs(2)).choose(masked).logprobs());
    assertEquals(0, logprobs.chosen().logprob());
    assertEquals(-9999, logprobs.top().get(1).logprob());
    assertThrows(
        InferenceException.class,
        () -> sampler(greedy()).choose(new float[] {Float.NEGATIVE_INFINITY}));
  }

  private static float ln(double probability) {
    return (float) Math.log(probability);
  }

  private static SamplingParamsBuilder greedy() {
    return SamplingParams.builder();
  }

  private static SamplingParamsBuilder hot(long seed) {
    return SamplingParams.builder().temperature(1).seed(seed);
  }

  private static Sampler sampler(SamplingParamsBuilder params) {
    return new Sampler(
        params.build(), id -> StandardCharsets.UTF_8.encode(Integer.toString(id)), null);
  }

  private static void assertLogprob(int id, double probability, TokenLogprob actual) {
    assertEquals(id, actual.tokenId());
    assertEquals(Math.log(probability), actual.logprob(), 1e-6);
    assertEquals(Integer.toString(id), actual.text());
  }

  private static int[] counts(SamplingParamsBuilder params) {
    Sampler sampler = sampler(params);
    int[] counts = new int[LOGITS.length];
    for (int i = 0; i < DRAWS; i++) {
      counts[sampler.choose(LOGITS).id()]++;
    }
    return counts;
  }

  private static Set<Integer> chosen(SamplingParamsBuilder params) {
    int[] counts = counts(params);
    Set<Integer> chosen = new TreeSet<>();
    for (int id = 0; id < counts.length; id++) {
      if (counts[id] > 0) {
        chosen.add(id);
      }
    }
    return chosen;
  }

  private static List<Integer> ids(SamplingParamsBuilder params, float[] logits, int count) {
    Sampler sampler = sampler(params);
    return IntStream.range(0, count).mapToObj(i -> sampler.choose(logits).id()).toList();
  }
}
