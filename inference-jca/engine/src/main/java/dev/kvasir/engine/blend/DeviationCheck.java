package dev.kvasir.engine.blend;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Which of a prompt's moved rows deviate most from what the prompt itself makes of them: the HKVD
 * tokens of CacheBlend (Yao et al., arXiv:2405.16444). Used once, by one thread.
 */
public final class DeviationCheck {
  /*
   * In the first layer K and V follow from token and position alone, so a moved row is right there,
   * but for rounding. In the second they have heard, once, what stands before the token. Rows that
   * deviate there are, for the most part, those that deviate in the layers behind it: so all tokens
   * are computed up to that layer, and which are computed in full is chosen by it.
   *
   * Where we differ from the paper:
   *  - The deviation is the squared distance of the values alone. They know no position, so moving
   *    them has not even rounded them; that keys, or both, choose better did not show
   *    (docs/design/07-passages.md).
   *  - It is chosen once, not by fewer and fewer tokens in layer after layer.
   *  - What is chosen is computed from its embedding on, that is, in the first layer once more. A
   *    step that went on from the hidden states would be a second feed/fetch signature of the graph,
   *    for which oneDNN packs all weights a second time; a look at the second layer packs those of
   *    the first.
   */

  /** Which of the layers that own K/V is looked at. */
  static final int OWNER = 1;

  private final int layer;
  private final int[] positions; // ascending
  private final float[][] moved; // (positions, kvHeads * headSize)
  private final double[] deviations; // (positions)
  private final int count;

  /**
   * @param layer in which rows are compared
   * @param positions of the rows to choose from, ascending
   * @param moved (positions, kvHeads * headSize) their values in this layer
   * @param count how many to choose
   */
  public DeviationCheck(int layer, int[] positions, float[][] moved, int count) {
    this.layer = layer;
    this.positions = positions.clone();
    this.moved = moved.clone();
    this.count = count;
    deviations = new double[positions.length];
  }

  /** The layer in which rows are compared. */
  public int layer() {
    return layer;
  }

  /** Behind the last position to compare. */
  public int end() {
    return positions[positions.length - 1] + 1;
  }

  /**
   * Compares a row, if it is one to choose from.
   *
   * @param computed (kvHeads * headSize) its values as the prompt makes them
   */
  public void compare(int position, float[] computed) {
    int index = Arrays.binarySearch(positions, position);
    if (index >= 0) {
      double sum = 0;
      for (int i = 0; i < computed.length; i++) {
        double difference = computed[i] - moved[index][i];
        sum += difference * difference;
      }
      deviations[index] = sum;
    }
  }

  /** Positions of the rows that deviate most, once all were compared. */
  public BitSet chosen() {
    BitSet chosen = new BitSet();
    IntStream.range(0, positions.length)
        .boxed()
        .sorted(Comparator.<Integer>comparingDouble(index -> deviations[index]).reversed())
        .limit(count)
        .forEach(index -> chosen.set(positions[index]));
    return chosen;
  }
}
