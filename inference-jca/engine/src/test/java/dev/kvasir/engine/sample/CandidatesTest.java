package dev.kvasir.engine.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.inference.SamplingParams;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The filters against the plainest form of their definitions. */
class CandidatesTest {
  private static final double[] TOP_P = {0.05, 0.5, 0.9, 0.999, 1};
  private static final int[] TOP_K = {0, 1, 7, 300, 5_000};
  private static final double[] MIN_P = {0, 1e-4, 0.1, 1};

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void of_manySettings_asDefined(long seed) {
    Random random = new Random(seed);
    float[] logits = new float[1_000];
    for (int id = 0; id < logits.length; id++) {
      // odd seeds: many equals
      double logit = 3 * random.nextGaussian();
      logits[id] = (float) (seed % 2 == 0 ? logit : Math.rint(logit));
    }
    for (double topP : TOP_P) {
      for (int topK : TOP_K) {
        for (double minP : MIN_P) {
          SamplingParams params =
              SamplingParams.builder().temperature(0.8).topP(topP).topK(topK).minP(minP).build();
          assertEquals(plainly(logits, params), kept(logits, params), params::toString);
        }
      }
    }
  }

  private static Set<Integer> kept(float[] logits, SamplingParams params) {
    double largest = logits[Logits.argMax(logits)];
    return new TreeSet<>(Candidates.of(logits, largest, params).ids());
  }

  private static Set<Integer> plainly(float[] logits, SamplingParams params) {
    double largest = logits[Logits.argMax(logits)];
    List<Integer> ids = new ArrayList<>(IntStream.range(0, logits.length).boxed().toList());
    ids.sort(Comparator.comparingDouble((Integer id) -> -logits[id]));
    double[] weights =
        IntStream.range(0, logits.length)
            .mapToDouble(id -> Math.exp((logits[id] - largest) / params.temperature()))
            .toArray();
    ids.removeIf(id -> weights[id] < params.minP());
    if (params.topK() > 0 && params.topK() < ids.size()) {
      ids = ids.subList(0, params.topK());
    }
    double missing = params.topP() * ids.stream().mapToDouble(id -> weights[id]).sum();
    int count = 0;
    while (count < ids.size() && (missing > 0 || params.topP() == 1)) {
      missing -= weights[ids.get(count++)];
    }
    return new TreeSet<>(ids.subList(0, count));
  }
}
