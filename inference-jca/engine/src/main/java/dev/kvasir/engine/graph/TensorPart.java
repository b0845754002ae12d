package dev.kvasir.engine.graph;

/**
 * Some rows or columns of one of the checkpoint's tensors.
 *
 * @param tensor its name
 * @param dimension 0: rows (or numbers of a vector), 1: columns
 * @param from first of them
 * @param to behind the last
 */
record TensorPart(String tensor, int dimension, long from, long to) {
  /** Rows {@code from} to below {@code to}. */
  static TensorPart rows(String tensor, long from, long to) {
    return new TensorPart(tensor, 0, from, to);
  }

  /** Columns {@code from} to below {@code to}. */
  static TensorPart columns(String tensor, long from, long to) {
    return new TensorPart(tensor, 1, from, to);
  }
}
