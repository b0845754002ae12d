package dev.kvasir.engine.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.inference.InferenceException;
import dev.kvasir.inference.SamplingParams;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplerTest {
  /** Probabilities 0.5, 0.25, 0.125, 0.125 in other order: ids 2, 0, 1, 3. */
  private static final float[] LOGITS = {ln(0.25), ln(0.125), ln(0.5), ln(0.125)};

  private static final int DRAWS = 20_000;

  @Test
  void choose_greedy_largestLogitAndSmallestIdAmongEquals() {
    Sampler greedy = new Sampler(SamplingParams.GREEDY);
    assertEquals(2, greedy.choose(LOGITS));
    assertEquals(1, greedy.choose(new float[] {0, 3, 3, 3}));
  }

  @Test
  void choose_temperatureOne_frequenciesAreProbabilities() {
    int[] counts = counts(params(1, 1, 0, 1));
    assertEquals(0.5, counts[2] / (double) DRAWS, 0.02);
    assertEquals(0.25, counts[0] / (double) DRAWS, 0.02);
    assertEquals(0.125, counts[1] / (double) DRAWS, 0.02);
    assertEquals(0.125, counts[3] / (double) DRAWS, 0.02);
  }

  @Test
  void choose_lowTemperature_favoursTheBest() {
    int[] counts = counts(params(0.5, 1, 0, 2));
    // squares of the probabilities: 16, 4, 1, 1 of 22
    assertEquals(16 / 22.0, counts[2] / (double) DRAWS, 0.02);
  }

  @Test
  void choose_topK_onlyTheBestK() {
    assertEquals(Set.of(0, 2), chosen(params(1, 1, 2, 3)));
  }

  @Test
  void choose_topP_smallestSetThatReachesIt() {
    assertEquals(Set.of(2), chosen(params(1, 0.5, 0, 4)));
    assertEquals(Set.of(0, 2), chosen(params(1, 0.75, 0, 5)));
    assertEquals(Set.of(0, 1, 2), chosen(params(1, 0.8, 0, 6)));
  }

  @Test
  void choose_sameSeed_sameTokens() {
    assertEquals(sequence(params(1, 1, 0, 7)), sequence(params(1, 1, 0, 7)));
    assertTrue(!sequence(params(1, 1, 0, 7)).equals(sequence(params(1, 1, 0, 8))));
  }

  @Test
  void choose_notANumber_failsNamingTheToken() {
    Sampler greedy = new Sampler(SamplingParams.GREEDY);
    InferenceException failure =
        assertThrows(InferenceException.class, () -> greedy.choose(new float[] {1, Float.NaN}));
    assertTrue(String.valueOf(failure.getMessage()).contains("token 1"));
  }

  private static float ln(double probability) {
    return (float) Math.log(probability);
  }

  private static SamplingParams params(double temperature, double topP, int topK, long seed) {
    return new SamplingParams(temperature, topP, topK, seed, List.of(), false);
  }

  private static int[] counts(SamplingParams params) {
    Sampler sampler = new Sampler(params);
    int[] counts = new int[LOGITS.length];
    for (int i = 0; i < DRAWS; i++) {
      counts[sampler.choose(LOGITS)]++;
    }
    return counts;
  }

  private static Set<Integer> chosen(SamplingParams params) {
    int[] counts = counts(params);
    Set<Integer> chosen = new TreeSet<>();
    for (int id = 0; id < counts.length; id++) {
      if (counts[id] > 0) {
        chosen.add(id);
      }
    }
    return chosen;
  }

  private static List<Integer> sequence(SamplingParams params) {
    Sampler sampler = new Sampler(params);
    return IntStream.range(0, 50).mapToObj(i -> sampler.choose(LOGITS)).toList();
  }
}
