package dev.kvasir.engine.graph;

import dev.kvasir.engine.weights.Rope;
import java.nio.ByteBuffer;

/**
 * RoPE as matrices: (contextTokens, headSize, headSize), such that a row vector times the matrix of
 * its position is the vector turned to that position.
 */
final class RotationTable {
  /** Name of the weight that holds it. */
  static final String NAME = "rope.rotations";

  private final double[] frequencies; // (headSize / 2)
  private final int headSize;

  RotationTable(Rope rope, int headSize) {
    this.frequencies = rope.frequencies(headSize);
    this.headSize = headSize;
  }

  /** Writes the matrix of one position, row-major, as float32. */
  void write(int position, ByteBuffer out) {
    float[] matrix = new float[headSize * headSize];
    int half = headSize / 2;
    for (int i = 0; i < half; i++) {
      float cosine = (float) Math.cos(position * frequencies[i]);
      float sine = (float) Math.sin(position * frequencies[i]);
      matrix[i * headSize + i] = cosine;
      matrix[(i + half) * headSize + i + half] = cosine;
      matrix[(i + half) * headSize + i] = -sine;
      matrix[i * headSize + i + half] = sine;
    }
    for (float number : matrix) {
      out.putFloat(number);
    }
  }
}
