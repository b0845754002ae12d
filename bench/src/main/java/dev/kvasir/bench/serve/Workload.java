package dev.kvasir.bench.serve;

import java.util.ArrayList;
import java.util.List;

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
   *  overflow           LMCache bench, prefix-suffix: a little more than the cache holds, twice in
   *                     the same order, so that the least recently used is always what comes next
   *  permutator         LMCache bench: the same documents in ever another order, which reuse of
   *                     prefixes hardly helps
   */

  /** 8 conversations of 5 rounds, 128 words each, 16 tokens back; two at a time. */
  MULTI_TURN(40, 2, 0, Order.TILE) {
    @Override
    Turn turn(int index, int groups, Words words) {
      return new Turn(index % 8, index / 8, "", words.text("turn " + index, 128), ANSWER_TOKENS);
    }

    @Override
    boolean talks() {
      return true;
    }
  },

  /** 12 groups of 5 requests: 300 words shared by the group, 60 of its own, 16 tokens back. */
  SHARED_PREFIX(60, 2, 0, Order.TILE) {
    @Override
    int groups(int count) {
      return 12;
    }

    @Override
    Turn turn(int index, int groups, Words words) {
      String system = words.text("group " + index % groups, 300);
      return new Turn(index, 0, system, words.text("question " + index, 60), ANSWER_TOKENS);
    }
  },

  /**
   * 8 documents of 1,000 words, all of them once, then all again; 16 tokens back, two at a time.
   */
  LONG_DOC(16, 2, 0, Order.TILE) {
    @Override
    int groupTokens() {
      return 1_012;
    }

    @Override
    Turn turn(int index, int groups, Words words) {
      String text = words.text("document " + index % groups, 1_000);
      return new Turn(index, 0, "", text + words.text("ask " + index, 12), ANSWER_TOKENS);
    }
  },

  /** 10 prefixes of 256 words, 32 of its own a request, in random order; 16 tokens back. */
  PREFIX_REPETITION(60, 2, 0, Order.RANDOM) {
    @Override
    int groups(int count) {
      return 10;
    }

    @Override
    Turn turn(int index, int groups, Words words) {
      String text = words.text("prefix " + index % groups, 256);
      return new Turn(index, 0, "", text + words.text("suffix " + index, 32), ANSWER_TOKENS);
    }
  },

  /**
   * 6 users of 5 rounds at random times, one in 5 seconds: 128 words for all, 512 of each user's
   * history, 16 a question, 16 tokens back.
   */
  OPEN_LOOP(30, 0, 0.2, Order.TILE) {
    @Override
    Turn turn(int index, int groups, Words words) {
      int user = index % 6;
      int round = index / 6;
      String history = round == 0 ? words.text("history " + user, 512) : "";
      String text = history + words.text("question " + index, 16);
      return new Turn(user, round, words.text("all", 128), text, ANSWER_TOKENS);
    }

    @Override
    boolean talks() {
      return true;
    }
  },

  /** Prefixes of 512 words, each twice with 128 of its own; as many as exceed what caches hold. */
  OVERFLOW(0, 2, 0, Order.TILE) {
    @Override
    int groupTokens() {
      return 640;
    }

    @Override
    Turn turn(int index, int groups, Words words) {
      String text = words.text("prefix " + index % groups, 512);
      return new Turn(index, 0, "", text + words.text("suffix " + index, 128), ANSWER_TOKENS);
    }
  },

  /** 4 documents of 200 words behind 50 for all, in 10 of their 24 orders. */
  PERMUTATOR(10, 2, 0, Order.TILE) {
    @Override
    int groups(int count) {
      return 24;
    }

    @Override
    Turn turn(int index, int groups, Words words) {
      StringBuilder text = new StringBuilder();
      List<Integer> left = new ArrayList<>(List.of(0, 1, 2, 3));
      int permutation = index * STRIDE % groups;
      while (!left.isEmpty()) {
        text.append(words.text("document " + left.remove(permutation % left.size()), 200));
        permutation /= left.size() + 1;
      }
      return new Turn(index, 0, words.text("all", 50), text.toString(), ANSWER_TOKENS);
    }
  };

  private static final int ANSWER_TOKENS = 16;
  static final int PASSES = 2; // of workloads that are to fill a cache
  private static final int STRIDE = 7; // no divisor of 24: 24 permutations before one comes again

  private final int requests;
  private final int concurrency;
  private final double rate;
  private final Order order;

  Workload(int requests, int concurrency, double rate, Order order) {
    this.requests = requests;
    this.concurrency = concurrency;
    this.rate = rate;
    this.order = order;
  }

  /** Name in tables and JSON. */
  String label() {
    return Labels.of(this);
  }

  /** Requests where no other number is asked for; 0 if that has to be told. */
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

  /** How groups follow each other where nothing else is asked for. */
  Order order() {
    return order;
  }

  /** Whether turns are parts of conversations. */
  boolean talks() {
    return false;
  }

  /** Tokens that are to be cached of each group; 0 if nobody counts them. */
  int groupTokens() {
    return 0;
  }

  /**
   * Into how many groups so many requests fall, each of which shares a beginning; by itself pairs.
   */
  int groups(int count) {
    return (count + PASSES - 1) / PASSES;
  }

  /** A turn, by its number from 0. */
  abstract Turn turn(int index, int groups, Words words);
}
