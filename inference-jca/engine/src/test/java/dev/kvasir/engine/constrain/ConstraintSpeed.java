package dev.kvasir.engine.constrain;

import dev.kvasir.engine.TestingModels;
import dev.kvasir.engine.sample.NextTokens;
import dev.kvasir.engine.sample.Sampler;
import dev.kvasir.engine.text.Tokenizer;
import dev.kvasir.inference.ResponseFormat;
import dev.kvasir.inference.SamplingParams;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.apache.lucene.util.automaton.ByteRunAutomaton;

/**
 * What a form costs with SmolLM2's vocabulary of 49,152 tokens: run by hand, with the module's test
 * class path. Printed, not asserted; on 2 busy cores: compiling 70 to 340 ms for json_object (6,159
 * states), 25 to 55 for the schema (1,666); the mask of a step 3 to 9 us in the mean, 1 to 6 ms at
 * most, in a new state within a string; a whole choice at temperature 1 213 us, without a form 180.
 */
final class ConstraintSpeed {
  private static final System.Logger LOG = System.getLogger(ConstraintSpeed.class.getName());
  private static final int VOCABULARY = 49_152;
  private static final int END = 2;
  private static final int TOKENS = 4_000;
  private static final String PERSON =
      """
      {"type": "object", "required": ["name", "age"], "additionalProperties": false, "properties":
        {"name": {"type": "string"}, "age": {"type": "integer"}, "city": {"enum": ["Oslo", "Rom"]},
         "pets": {"type": "array", "items": {"type": "object", "properties":
           {"kind": {"type": "string", "maxLength": 40}, "legs": {"type": "number"}}}}}}
      """;

  private ConstraintSpeed() {}

  /** No arguments. */
  public static void main(String[] args) throws IOException {
    String json =
        Files.readString(
            TestingModels.smolLm2HuggingFace().orElseThrow().resolve("tokenizer.json"));
    try (Tokenizer tokenizer = Tokenizer.of(json)) {
      long start = System.nanoTime();
      Vocabulary vocabulary = new Vocabulary(VOCABULARY, tokenizer::textBytes, Set.of(END));
      say("vocabulary: %.0f ms", (System.nanoTime() - start) / 1e6);
      for (int repeat = 0; repeat < 3; repeat++) { // the first ones warm up
        report("json_object", new ResponseFormat.JsonObject(), vocabulary);
        report("json_schema", new ResponseFormat.JsonSchema(PERSON), vocabulary);
      }
    }
  }

  private static void report(String what, ResponseFormat format, Vocabulary vocabulary) {
    long start = System.nanoTime();
    ByteRunAutomaton form = Constraints.form(format);
    say(
        what + ": %.0f ms to compile, %.0f states, %.0f KiB",
        (System.nanoTime() - start) / 1e6,
        (double) form.getSize(),
        form.ramBytesUsed() / 1024.0);
    Constraint constraint = new Constraint(form, vocabulary);
    Random random = new Random(1);
    NextTokens place = constraint.start();
    double[] masks = new double[TOKENS];
    double[] choices = new double[TOKENS];
    float[] logits = new float[VOCABULARY];
    SamplingParams hot = SamplingParams.builder().temperature(1).build();
    Timed timed = new Timed(place);
    Sampler sampler = new Sampler(hot, id -> ByteBuffer.allocate(0), timed);
    for (int token = 0; token < TOKENS; token++) {
      for (int id = 0; id < VOCABULARY; id++) {
        logits[id] = (float) (3 * random.nextGaussian());
      }
      long before = System.nanoTime();
      int chosen = sampler.choose(logits).id();
      choices[token] = (System.nanoTime() - before) / 1e3;
      masks[token] = timed.micros;
      if (chosen == END) {
        timed.next = constraint.start();
      }
    }
    Arrays.sort(masks);
    Arrays.sort(choices);
    say(
        what + ": mask p50 %.1f us, p99 %.0f, most %.0f, mean %.0f",
        masks[TOKENS / 2],
        masks[TOKENS * 99 / 100],
        masks[TOKENS - 1],
        Arrays.stream(masks).average().orElse(0));
    say(
        what + ": whole choice p50 %.1f us, p99 %.0f, mean %.0f",
        choices[TOKENS / 2],
        choices[TOKENS * 99 / 100],
        Arrays.stream(choices).average().orElse(0));
  }

  /** Times what it passes on. */
  private static final class Timed implements NextTokens {
    private NextTokens next;
    private double micros;

    Timed(NextTokens next) {
      this.next = next;
    }

    @Override
    public long[] allowed() {
      long start = System.nanoTime();
      long[] allowed = next.allowed();
      micros = (System.nanoTime() - start) / 1e3;
      return allowed;
    }

    @Override
    public void accept(int id) {
      next.accept(id);
    }
  }

  private static void say(String format, Double... figures) {
    LOG.log(Level.INFO, format.formatted((Object[]) figures));
  }
}
