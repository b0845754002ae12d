package dev.kvasir.engine.graph;

import dev.kvasir.engine.weights.NumberType;
import dev.kvasir.engine.weights.Rope;
import dev.kvasir.engine.weights.numbers.BFloat16;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * RoPE as matrices: (contextTokens, headSize, headSize), such that a row vector times the matrix of
 * its position is the vector turned to that position.
 */
final class RotationTable {
  private final double[] frequencies; // (headSize / 2)
  private final int headSize;
  private final NumberType type;
  private final ByteBuffer matrix; // (headSize, headSize); what no position writes stays 0

  RotationTable(Rope rope, int headSize, NumberType type) {
    this.frequencies = rope.frequencies(headSize);
    this.headSize = headSize;
    this.type = type;
    this.matrix =
        ByteBuffer.allocate(headSize * headSize * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The matrix of one position, row-major; valid until the next call. */
  byte[] matrix(int position) {
    int half = headSize / 2;
    for (int i = 0; i < half; i++) {
      float cosine = (float) Math.cos(position * frequencies[i]);
      float sine = (float) Math.sin(position * frequencies[i]);
      put(i, i, cosine);
      put(i + half, i + half, cosine);
      put(i + half, i, -sine);
      put(i, i + half, sine);
    }
    return matrix.array();
  }

  private void put(int row, int column, float number) {
    int at = (row * headSize + column) * type.bytes();
    switch (type) {
      case BF16 -> matrix.putShort(at, BFloat16.round(number));
      case F32 -> matrix.putFloat(at, number);
    }
  }
}
