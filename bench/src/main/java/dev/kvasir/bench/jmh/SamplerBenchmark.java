package dev.kvasir.bench.jmh;

import dev.kvasir.engine.sample.Sampler;
import dev.kvasir.inference.SamplingParams;
import java.nio.ByteBuffer;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Choosing a token from 49,152 logits: {@code bin/bench jmh --only Sampler}. */
@State(Scope.Thread)
public class SamplerBenchmark {
  private final float[] logits = logits(); // (vocabulary)
  private final Sampler greedy = sampler(0, 1, 0);
  private final Sampler temperature = sampler(0.8, 1, 0);
  private final Sampler nucleus = sampler(0.8, 0.95, 0);
  private final Sampler fortyLargest = sampler(0.8, 0.95, 40);

  /** Spread as a language model's are: a few far above the rest. */
  private static float[] logits() {
    Random random = new Random(1);
    float[] logits = new float[Samples.VOCABULARY];
    for (int id = 0; id < logits.length; id++) {
      logits[id] = (float) (3 * random.nextGaussian());
    }
    return logits;
  }

  private static Sampler sampler(double temperature, double topP, int topK) {
    SamplingParams params =
        SamplingParams.builder().temperature(temperature).topP(topP).topK(topK).seed(1).build();
    return new Sampler(params, token -> ByteBuffer.allocate(0));
  }

  @Benchmark
  public int greedy() {
    return greedy.choose(logits).id();
  }

  @Benchmark
  public int temperature() {
    return temperature.choose(logits).id();
  }

  @Benchmark
  public int nucleus() {
    return nucleus.choose(logits).id();
  }

  @Benchmark
  public int fortyLargest() {
    return fortyLargest.choose(logits).id();
  }
}
