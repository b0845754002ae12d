package dev.kvasir.bench.node;

import dev.kvasir.bench.serve.Labels;
import dev.kvasir.bench.serve.Turn;
import dev.kvasir.bench.serve.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What users of two nodes ask; each turn's conversation is a user. */
enum ShareWorkload {
  /** 12 groups of 5 users, each with one question: 1,500 words of the group, 60 of their own. */
  SHARED_PREFIX(60) {
    @Override
    Turn turn(int index, Words words) {
      String system = words.text("group " + index % 12, 1_440);
      return new Turn(index, 0, system, words.text("question " + index, 60), ANSWER_TOKENS);
    }

    @Override
    boolean hasSmallCaches() {
      return false; // what is measured is who shares
    }
  },

  /** 8 users of 5 rounds: 200 words for all, 150 of their own each round. */
  MULTI_ROUND(40) {
    @Override
    Turn turn(int index, Words words) {
      String text = words.text("turn " + index, 150);
      return new Turn(index % 8, index / 8, words.text("all", 200), text, ANSWER_TOKENS);
    }
  },

  /**
   * 8 documents of 1,000 words, each asked about by three users: two soon, one after all others.
   */
  LONG_DOC(24) {
    @Override
    Turn turn(int index, Words words) {
      int document = index < 16 ? index / 2 : index % 8;
      String question = words.text("ask " + index, 12);
      return new Turn(
          index, 0, "", words.text("document " + document, 1_000) + question, ANSWER_TOKENS);
    }
  };

  private static final int ANSWER_TOKENS = 16;
  private static final long SEED = 7;

  private final int requests;

  ShareWorkload(int requests) {
    this.requests = requests;
  }

  /**
   * Those asked for, separated by commas; all if none is.
   *
   * @throws IllegalArgumentException if there is no such workload
   */
  static List<ShareWorkload> chosen(Optional<String> labels) {
    if (labels.isEmpty()) {
      return List.of(values());
    }
    return Arrays.stream(labels.get().split(",", -1))
        .map(label -> Labels.find(List.of(values()), "cases", label))
        .toList();
  }

  /** Name in tables and JSON. */
  String label() {
    return Labels.of(this);
  }

  /** Whether it is also run in caches smaller than what it asks for. */
  boolean hasSmallCaches() {
    return true;
  }

  /** All turns in their order; the same each time. */
  List<Turn> turns() {
    Words words = new Words(SEED);
    List<Turn> turns = new ArrayList<>();
    for (int index = 0; index < requests; index++) {
      turns.add(turn(index, words));
    }
    return turns;
  }

  abstract Turn turn(int index, Words words);
}
