package dev.kvasir.engine.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** Tensors of zeros. */
final class Zeros {
  /*
   * Ops.zeros would do, but each call reads the names of all operations that the graph has: with a pool or two a layer
   * more than a second of loading a model.
   */

  private Zeros() {}

  static <T extends TFloating> Operand<T> of(Ops tf, Class<T> type, long... dimensions) {
    return tf.fill(tf.constant(dimensions), tf.dtypes.cast(tf.constant(0f), type));
  }
}
