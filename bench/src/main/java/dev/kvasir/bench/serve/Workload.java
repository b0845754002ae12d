package dev.kvasir.bench.serve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * What is asked, in which order. Sizes are in words of a short list, most of them one token; how
 * many tokens the model saw is in the answers.
 */
enum Workload {
  /*
   * The shapes are those of the field, made small enough for two cores and a model of 135M weights:
   *
   *  multi-turn         SGLang HiCache, multi-turn benchmark: clients that talk for five rounds
   *  shared-prefix      llm-d: groups that share a long system prompt, over one node or several
   *  long-doc           LMCache, long-doc QA: documents, each asked about twice
   *  prefix-repetition  vLLM bench, prefix repetition: few prefixes, many suffixes, in random order
   *  open-loop          LMBenchmark, multi-round QA: users with a history of their own and a system
   *                     prompt in common, who come at random times
   */

  /** 8 conversations of 5 rounds, 128 words each, 16 tokens back; two at a time. */
  MULTI_TURN(40, 2, 0) {
    @Override
    Turn turn(int index, Words words) {
      int conversation = index % 8;
      int round = index / 8;
      return new Turn(conversation, round, "", words.text("turn " + index, 128), 16);
    }
  },

  /** 12 groups of 5 requests: 300 words shared by the group, 60 of its own, 16 tokens back. */
  SHARED_PREFIX(60, 2, 0) {
    @Override
    Turn turn(int index, Words words) {
      String system = words.text("group " + index % 12, 300);
      return new Turn(index, 0, system, words.text("question " + index, 60), 16);
    }
  },

  /**
   * 8 documents of 1,000 words, all of them once, then all again; 16 tokens back, two at a time.
   */
  LONG_DOC(16, 2, 0) {
    @Override
    Turn turn(int index, Words words) {
      String text = words.text("document " + index % 8, 1_000) + words.text("ask " + index, 12);
      return new Turn(index, 0, "", text, 16);
    }
  },

  /** 10 prefixes of 256 words, 32 of its own a request, in random order; 16 tokens back. */
  PREFIX_REPETITION(60, 2, 0) {
    @Override
    Turn turn(int index, Words words) {
      String text = words.text("prefix " + index % 10, 256) + words.text("suffix " + index, 32);
      return new Turn(index, 0, "", text, 16);
    }

    @Override
    void order(List<Turn> turns, Random random) {
      Collections.shuffle(turns, random);
    }
  },

  /**
   * 6 users of 5 rounds at random times, one in 5 seconds: 128 words for all, 512 of each user's
   * history, 16 a question, 16 tokens back.
   */
  OPEN_LOOP(30, 0, 0.2) {
    @Override
    Turn turn(int index, Words words) {
      int user = index % 6;
      int round = index / 6;
      String history = round == 0 ? words.text("history " + user, 512) : "";
      String text = history + words.text("question " + index, 16);
      return new Turn(user, round, words.text("all", 128), text, 16);
    }
  };

  private final int requests;
  private final int concurrency;
  private final double rate;

  Workload(int requests, int concurrency, double rate) {
    this.requests = requests;
    this.concurrency = concurrency;
    this.rate = rate;
  }

  /**
   * The workload of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Workload of(String label) {
    return Arrays.stream(values())
        .filter(workload -> workload.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--workload is '%s', but must be one of %s".formatted(label, labels())));
  }

  private static String labels() {
    return Arrays.stream(values()).map(Workload::label).collect(Collectors.joining(", "));
  }

  /** Name in tables and JSON. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Requests where no other number is asked for. */
  int requests() {
    return requests;
  }

  /** Requests at a time where nothing else is asked for; 0 if they come by a rate. */
  int concurrency() {
    return concurrency;
  }

  /** Requests a second where nothing else is asked for; 0 if they come by concurrency. */
  double rate() {
    return rate;
  }

  /** The turns in the order of their sending; the same for the same seed. */
  List<Turn> turns(int count, long seed) {
    Words words = new Words(seed);
    List<Turn> turns = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      turns.add(turn(index, words));
    }
    order(turns, new Random(seed));
    return turns;
  }

  abstract Turn turn(int index, Words words);

  /** Changes the order of sending, if it is not the one of the indices. */
  void order(List<Turn> turns, Random random) {}
}
