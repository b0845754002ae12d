package dev.kvasir.bench.engine;

import dev.kvasir.engine.weights.LlamaConfig;
import dev.kvasir.engine.weights.NumberType;
import java.util.OptionalDouble;

/** The time below which a case cannot come on this machine, whatever the program. */
final class Ceiling {
  /*
   * A decode step reads all weights once; reading the K/V of the sequences and computing come on top and are not in
   * the figure. A prefill multiplies each token by all weights but the embedding, and attends to all tokens before;
   * the head is computed for the last one only. A short one is bounded by reading the weights.
   */

  private final LlamaConfig model;
  private final double weightsMillis;
  private final double operationsPerMilli;

  Ceiling(LlamaConfig model, NumberType numbers, MachineSpeed speed) {
    this.model = model;
    this.weightsMillis = readWeights(model) * numbers.bytes() / speed.bytesPerMilli();
    this.operationsPerMilli = speed.operationsPerMilli();
  }

  private static long readWeights(LlamaConfig model) {
    long embedding = (long) model.vocabularySize() * model.hiddenSize();
    return model.parameters() - (model.tiedEmbeddings() ? 0 : embedding); // only rows of it
  }

  /** Milliseconds; none where waiting for others is a part of the case. */
  OptionalDouble millis(Case one) {
    if (one instanceof Case.Prefill prefill) {
      double operations = operations(prefill.cached(), prefill.fresh());
      return OptionalDouble.of(Math.max(weightsMillis, operations / operationsPerMilli));
    }
    return one instanceof Case.Decode ? OptionalDouble.of(weightsMillis) : OptionalDouble.empty();
  }

  private double operations(long cached, long fresh) {
    long attention = 2L * model.hiddenSize() * model.headSize() * (model.heads() + model.kvHeads());
    long mlp = 3L * model.hiddenSize() * model.intermediateSize();
    long slots = fresh * cached + fresh * (fresh + 1) / 2; // attended to, over all tokens
    double perSlot = 4.0 * model.layers() * model.heads() * model.headSize();
    double head = 2.0 * model.vocabularySize() * model.hiddenSize();
    return 2.0 * fresh * model.layers() * (attention + mlp) + perSlot * slots + head;
  }
}
