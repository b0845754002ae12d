package dev.kvasir.engine.schedule;

import dev.kvasir.engine.graph.PagedGraph;
import dev.kvasir.engine.graph.StepInput;
import dev.kvasir.engine.sample.Logits;
import dev.kvasir.inference.InferenceException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiPredicate;
import java.util.function.LongSupplier;

/** Computes prompts chunk by chunk, in turns. Loop's thread only. */
final class Prefiller {
  private final PagedGraph graph;
  private final StepRules rules;
  private final Residency residency;
  private final Outcomes outcomes;
  private final LongSupplier nanoTime;
  private final Deque<Generation> queue = new ArrayDeque<>(); // next to compute first

  Prefiller(
      PagedGraph graph,
      StepRules rules,
      Residency residency,
      Outcomes outcomes,
      LongSupplier nanoTime) {
    this.graph = graph;
    this.rules = rules;
    this.residency = residency;
    this.outcomes = outcomes;
    this.nanoTime = nanoTime;
  }

  /** Puts a sequence at the end, if it has something to compute. */
  void add(Generation generation) {
    if (generation.needsPrefill()) {
      queue.addLast(generation);
    }
  }

  void remove(Generation generation) {
    queue.remove(generation);
  }

  void clear() {
    queue.clear();
  }

  /** Takes a sequence on that has its blocks again. */
  void resumed(Generation generation) {
    if (generation.holding.isAside() && !generation.needsPrefill()) {
      restore(generation);
    } else {
      add(generation);
    }
  }

  /** Puts back what was kept aside, and goes on from there. */
  private void restore(Generation generation) {
    try {
      residency.restore(generation);
      add(generation);
    } catch (InferenceException e) {
      outcomes.fail(generation, e);
    }
  }

  /**
   * Computes chunks of the first in the queue, one each.
   *
   * @param tokens most positions to compute, in whole blocks
   * @param room takes the blocks up to a position; false if the sequence cannot go on now
   * @return whether anything was computed
   */
  boolean run(int tokens, BiPredicate<Generation, Integer> room) {
    int left = tokens;
    int turns = queue.size() + tokens / rules.blockSize(); // who finds no room is asked once more
    boolean computed = false;
    while (left > 0 && !queue.isEmpty() && turns-- > 0) {
      Generation generation = queue.removeFirst();
      Look look = generation.nextLook();
      if (look != null) {
        left -= rules.blockSize(); // many tokens in a layer or two take no longer than few in all
        take(look, generation);
        computed = true;
        continue;
      }
      int done = generation.holding.computed();
      int end = generation.holding.untilLoaded(generation.prefillEnd());
      Chunk chunk = generation.selection.next(done, end, rules.chunkTokens(), left);
      left -= generation.holding.blocksFor(chunk.size()) * rules.blockSize();
      if (room.test(generation, chunk.to() - 1)) {
        compute(generation, chunk);
        computed = true;
      } else {
        add(generation);
      }
    }
    return computed;
  }

  /** Takes a look at the next moved rows; after the last it is known which to compute again. */
  private void take(Look look, Generation generation) {
    long start = nanoTime.getAsLong();
    Chunk chunk = look.next(rules.chunkTokens());
    try {
      if (look.compare(chunk, graph.values(step(generation, chunk), look.layer()))) {
        generation.selection = generation.selection.with(look.chosen());
        generation.look = null;
      }
    } catch (InferenceException e) {
      outcomes.fail(generation, e);
      return;
    }
    generation.addPrefillNanos(nanoTime.getAsLong() - start);
    queue.addLast(generation);
  }

  private StepInput step(Generation generation, Chunk chunk) {
    return chunk.prefillStep(generation.prompt(), generation.holding.table(), rules.blockSize());
  }

  private void compute(Generation generation, Chunk chunk) {
    long start = nanoTime.getAsLong();
    float[][] logits;
    try {
      logits = graph.step(step(generation, chunk));
      Logits.requireNumbers(logits[0]); // of the last position, which reads all the others
    } catch (InferenceException e) {
      outcomes.fail(generation, e);
      return;
    }
    generation.addPrefillNanos(nanoTime.getAsLong() - start);
    residency.prefilled(generation.blocks(), generation.holding, chunk);
    if (generation.needsPrefill()) {
      queue.addLast(generation);
    } else if (generation.holding.isAside()) {
      restore(generation);
    } else {
      outcomes.prefilled(generation, logits[0]);
    }
  }
}
