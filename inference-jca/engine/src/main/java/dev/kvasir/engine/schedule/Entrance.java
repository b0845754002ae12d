package dev.kvasir.engine.schedule;

import dev.kvasir.inference.InferenceException;
import dev.kvasir.inference.PoolBusyException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Sequences that wait for the blocks of their prompt, in order. Loop's thread only. */
final class Entrance {
  private record Waiting(Generation generation, CompletableFuture<Generation> outcome) {}

  private final Residency residency;
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  Entrance(Residency residency) {
    this.residency = residency;
  }

  int size() {
    return waiting.size();
  }

  /**
   * Puts a sequence at the end.
   *
   * @throws dev.kvasir.inference.PoolExhaustedException if it can never fit the pool
   */
  void add(Generation generation, CompletableFuture<Generation> outcome) {
    residency.requireRoom(generation);
    waiting.add(new Waiting(generation, outcome));
  }

  /** Lets in as many as there are blocks for; the first that does not fit holds up the others. */
  void admit() {
    while (!waiting.isEmpty() && residency.tryOpen(waiting.getFirst().generation())) {
      Waiting first = waiting.removeFirst();
      first.outcome().complete(first.generation());
    }
  }

  /** Lets one wait no longer; empty if it does not wait here. */
  Optional<Generation> giveUp(CompletableFuture<Generation> outcome) {
    for (Waiting each : waiting) {
      if (each.outcome() == outcome) {
        waiting.remove(each);
        outcome.completeExceptionally(busy(each.generation()));
        return Optional.of(each.generation());
      }
    }
    return Optional.empty();
  }

  private static PoolBusyException busy(Generation generation) {
    return new PoolBusyException(
        "the prompt needs %d blocks of the engine's pool, but others held them for as long as it may wait"
            .formatted(generation.blocksToOpen()));
  }

  void failAll(InferenceException reason) {
    waiting.forEach(each -> each.outcome().completeExceptionally(reason));
    waiting.clear();
  }
}
