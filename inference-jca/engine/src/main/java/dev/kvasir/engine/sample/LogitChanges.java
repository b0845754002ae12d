package dev.kvasir.engine.sample;

import dev.kvasir.inference.SamplingParams;
import java.util.Arrays;

/**
 * What one answer's bias and penalties add to the logits. OpenAI's definition: {@code bias - count
 * * frequencyPenalty - (count > 0 ? presencePenalty : 0)}, where the count is that of the token in
 * the answer so far.
 */
final class LogitChanges {
  private final double presencePenalty;
  private final double frequencyPenalty;
  private int[] ids; // (capacity): tokens with a change, each once
  private double[] biases; // (capacity), of the same token
  private int[] counts; // (capacity), of the same token
  private int size;
  private float[] changed = {}; // (vocabulary), once there is a change

  LogitChanges(SamplingParams params) {
    presencePenalty = params.presencePenalty();
    frequencyPenalty = params.frequencyPenalty();
    ids = new int[params.logitBias().size()];
    biases = new double[ids.length];
    counts = new int[ids.length];
    params.logitBias().forEach((id, bias) -> biases[slot(id)] = bias); // there is room for all
  }

  /**
   * The logits with their changes.
   *
   * @param logits (vocabulary); not changed
   * @return the same array if there are no changes; else one that holds until the next call
   */
  float[] applyTo(float[] logits) {
    if (size == 0) {
      return logits;
    }
    if (changed.length != logits.length) {
      changed = new float[logits.length];
    }
    System.arraycopy(logits, 0, changed, 0, logits.length);
    for (int i = 0; i < size; i++) {
      double penalty = counts[i] * frequencyPenalty + (counts[i] > 0 ? presencePenalty : 0);
      changed[ids[i]] = (float) (logits[ids[i]] + biases[i] - penalty);
    }
    return changed;
  }

  /** Counts a chosen token. */
  void count(int id) {
    if (presencePenalty != 0 || frequencyPenalty != 0) {
      int slot = slot(id); // first, as it may replace the arrays
      counts[slot]++;
    }
  }

  /** Where the token is, found or added. Once a token, so a search from end to end will do. */
  private int slot(int id) {
    for (int i = 0; i < size; i++) {
      if (ids[i] == id) {
        return i;
      }
    }
    if (size == ids.length) {
      int capacity = Math.max(16, 2 * size);
      ids = Arrays.copyOf(ids, capacity);
      biases = Arrays.copyOf(biases, capacity);
      counts = Arrays.copyOf(counts, capacity);
    }
    ids[size] = id;
    return size++;
  }
}
