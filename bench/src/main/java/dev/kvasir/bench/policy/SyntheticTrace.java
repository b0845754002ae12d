package dev.kvasir.bench.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/** Traces made by rule, with a fixed seed, to see what a policy does to a pattern. */
enum SyntheticTrace {
  /** Single blocks of which few are asked for often. */
  ZIPF {
    @Override
    void fill(Trace trace, Random random) {
      IntSupplier blocks = zipf(20_000, 0.9, random);
      for (int i = 0; i < LINEAR_REQUESTS; i++) {
        trace.add(List.of(blocks.getAsInt()));
      }
    }
  },

  /** The same, with a quarter of the time given to blocks that are asked for once. */
  SCAN {
    @Override
    void fill(Trace trace, Random random) {
      IntSupplier blocks = zipf(20_000, 0.9, random);
      for (int i = 0; i < LINEAR_REQUESTS; i++) {
        boolean scans = i / 5_000 % 4 == 3;
        trace.add(List.of(scans ? 1_000_000 + i : blocks.getAsInt()));
      }
    }
  },

  /** 12,000 blocks one after the other, again and again. */
  LOOP {
    @Override
    void fill(Trace trace, Random random) {
      for (int i = 0; i < LINEAR_REQUESTS; i++) {
        trace.add(List.of(i % 12_000));
      }
    }
  },

  /** Prompts of 20 blocks that nobody asks for again. */
  FLOOD {
    @Override
    void fill(Trace trace, Random random) {
      for (int i = 0; i < 8_000; i++) {
        trace.add(grow(List.of(), 20, i));
      }
    }
  },

  /** Conversations: one of 50 system prompts of 4 blocks, 2.5 turns of 1 to 12 blocks. */
  MULTI_TURN {
    @Override
    void fill(Trace trace, Random random) {
      converse(trace, random, new Talk(50, 4, 12, 0.6, 300));
    }
  },

  /** Agents: one of 200 tool descriptions of 10 blocks, 7 turns of 1 to 3 blocks. */
  AGENT {
    @Override
    void fill(Trace trace, Random random) {
      converse(trace, random, new Talk(200, 10, 3, 0.85, 30));
    }
  },

  /** Questions of a block on 1,500 documents of 10 to 29 blocks. */
  DOCUMENTS {
    @Override
    void fill(Trace trace, Random random) {
      IntSupplier documents = zipf(1_500, 0.8, random);
      for (int i = 0; i < REQUESTS; i++) {
        int document = documents.getAsInt();
        List<String> text = grow(List.of(), 10 + document % 20, document);
        trace.add(grow(text, 1, 1_000_000 + i));
      }
    }
  };

  private static final int LINEAR_REQUESTS = 200_000;
  private static final int REQUESTS = 12_000;
  private static final long SEED = 5;

  /**
   * How people talk.
   *
   * @param prompts system prompts to choose from, skewed
   * @param promptBlocks length of each
   * @param turnBlocks most blocks that a turn adds
   * @param goOn chance of another turn
   * @param pause mean time between turns, in units of the mean time between conversations
   */
  private record Talk(int prompts, int promptBlocks, int turnBlocks, double goOn, double pause) {}

  /** A prompt, and when it is sent. */
  private record Turn(double time, List<String> chain) {}

  /** The trace of a name in lower case, with dashes. */
  static Trace of(String name) {
    for (SyntheticTrace one : values()) {
      if (one.label().equals(name)) {
        Trace trace = new Trace();
        one.fill(trace, new Random(SEED));
        return trace;
      }
    }
    throw new IllegalArgumentException(
        "there is no synthetic trace '%s'; known are %s"
            .formatted(
                name,
                Arrays.stream(values())
                    .map(SyntheticTrace::label)
                    .collect(Collectors.joining(", "))));
  }

  abstract void fill(Trace trace, Random random);

  private String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Numbers from 0, the i-th with a weight of 1 / (i + 1)^skew. */
  private static IntSupplier zipf(int numbers, double skew, Random random) {
    double[] sums = new double[numbers];
    double sum = 0;
    for (int i = 0; i < numbers; i++) {
      sum += Math.pow(i + 1, -skew);
      sums[i] = sum;
    }
    double all = sum;
    return () -> {
      int found = Arrays.binarySearch(sums, random.nextDouble() * all);
      return found < 0 ? Math.min(-found - 1, numbers - 1) : found;
    };
  }

  private static void converse(Trace trace, Random random, Talk talk) {
    IntSupplier prompts = zipf(talk.prompts(), 1, random);
    PriorityQueue<Turn> turns = new PriorityQueue<>((a, b) -> Double.compare(a.time(), b.time()));
    double now = 0;
    int told = 0;
    while (trace.requests().size() < REQUESTS) {
      now += -Math.log1p(-random.nextDouble());
      List<String> prompt = grow(List.of(), talk.promptBlocks(), prompts.getAsInt());
      turns.add(new Turn(now, grow(prompt, 1 + random.nextInt(talk.turnBlocks()), --told)));
      while (!turns.isEmpty()
          && turns.element().time() <= now
          && trace.requests().size() < REQUESTS) {
        Turn turn = turns.remove();
        trace.add(turn.chain());
        double pause = -Math.log1p(-random.nextDouble()) * talk.pause();
        int length = random.nextDouble() < talk.goOn() ? 1 + random.nextInt(talk.turnBlocks()) : 0;
        if (length > 0) {
          turns.add(new Turn(turn.time() + pause, grow(turn.chain(), length, --told)));
        }
      }
    }
  }

  /** A chain with so many blocks more. */
  private static List<String> grow(List<String> chain, int blocks, int text) {
    List<String> longer = new ArrayList<>(chain);
    for (int i = 0; i < blocks; i++) {
      longer.add(text + "." + i);
    }
    return longer;
  }
}
