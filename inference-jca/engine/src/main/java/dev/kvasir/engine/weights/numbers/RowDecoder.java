package dev.kvasir.engine.weights.numbers;

/** Turns a row of a tensor as the file keeps it into floats. */
@FunctionalInterface
public interface RowDecoder {
  /**
   * Decodes {@code out.length} numbers.
   *
   * @param in holds them from its start, whole blocks, little-endian
   */
  void decode(byte[] in, float[] out);
}
