package dev.kvasir.bench.jmh;

import dev.kvasir.engine.sample.SampledToken;
import dev.kvasir.engine.sample.Sampler;
import dev.kvasir.inference.SamplingParams;
import dev.kvasir.inference.SamplingParamsBuilder;
import java.nio.ByteBuffer;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Choosing a token from 49,152 logits: {@code bin/bench jmh --only Sampler}. */
@State(Scope.Thread)
public class SamplerBenchmark {
  private static final ByteBuffer TOKEN = ByteBuffer.allocate(4); // its text does not matter

  private final float[] logits = logits(); // (vocabulary)
  private final Sampler greedy = sampler(SamplingParams.builder());
  private final Sampler logprobs = sampler(SamplingParams.builder().topLogprobs(20));
  private final Sampler temperature = sampler(SamplingParams.builder().temperature(0.8));
  private final Sampler nucleus = sampler(SamplingParams.builder().temperature(0.8).topP(0.95));
  private final Sampler fortyLargest = sampler(SamplingParams.builder().temperature(0.8).topK(40));

  /** Spread as a language model's are: a few far above the rest. */
  private static float[] logits() {
    Random random = new Random(1);
    float[] logits = new float[Samples.VOCABULARY];
    for (int id = 0; id < logits.length; id++) {
      logits[id] = (float) (3 * random.nextGaussian());
    }
    return logits;
  }

  private static Sampler sampler(SamplingParamsBuilder params) {
    return new Sampler(params.build(), id -> TOKEN, null);
  }

  @Benchmark
  public SampledToken greedy() {
    return greedy.choose(logits);
  }

  @Benchmark
  public SampledToken logprobs() {
    return logprobs.choose(logits);
  }

  @Benchmark
  public SampledToken temperature() {
    return temperature.choose(logits);
  }

  @Benchmark
  public SampledToken nucleus() {
    return nucleus.choose(logits);
  }

  @Benchmark
  public SampledToken fortyLargest() {
    return fortyLargest.choose(logits);
  }
}
