package dev.kvasir.bench.soak;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** What became of requests. Safe for all threads. */
final class Tally {
  private static final int SHOWN_CHARACTERS = 400;

  final LongAdder right = new LongAdder();

  /** Answers that differ from those without a cache. */
  final LongAdder wrong = new LongAdder();

  /** Turned away with 503. */
  final LongAdder refused = new LongAdder();

  /** Under way on a node, or sent to it, as it was killed. */
  final LongAdder lost = new LongAdder();

  final LongAdder errors = new LongAdder();
  final LongAdder promptTokens = new LongAdder();
  final LongAdder cachedTokens = new LongAdder();
  private final ConcurrentLinkedQueue<String> problems = new ConcurrentLinkedQueue<>();

  void wrong(String what) {
    wrong.increment();
    note("WRONG: " + what);
  }

  void error(String what) {
    errors.increment();
    note(what);
  }

  private void note(String what) {
    if (problems.size() < 5) {
      problems.add(what.substring(0, Math.min(what.length(), SHOWN_CHARACTERS)));
    }
  }

  /** The first wrong answers and errors. */
  Iterable<String> problems() {
    return problems;
  }

  long requests() {
    return right.sum() + wrong.sum() + refused.sum() + lost.sum() + errors.sum();
  }

  /** Share of the prompts' tokens that came from the cache. */
  double hitShare() {
    return (double) cachedTokens.sum() / Math.max(1, promptTokens.sum());
  }
}
