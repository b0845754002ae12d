package dev.kvasir.engine.weights;

/** Turns a row of a tensor as the file keeps it into floats. */
@FunctionalInterface
interface RowDecoder {
  /**
   * Decodes {@code out.length} numbers.
   *
   * @param in holds them from its start, whole blocks, little-endian
   */
  void decode(byte[] in, float[] out);
}
