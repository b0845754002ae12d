package dev.kvasir.engine.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.family.TFloating;

/** Products by TensorFlow's public operations. */
final class PlainKernels<T extends TFloating> implements Kernels<T> {
  private final Ops tf;
  private final Class<T> type;

  PlainKernels(Ops tf, Class<T> type) {
    this.tf = tf;
    this.type = type;
  }

  @Override
  public Operand<T> linear(Operand<T> x, Operand<T> weight) {
    return tf.linalg.matMul(x, weight, MatMul.transposeB(true));
  }

  @Override
  public Operand<T> linearAdd(Operand<T> x, Operand<T> weight, Operand<T> residual) {
    return tf.math.add(residual, linear(x, weight));
  }

  @Override
  public Operand<T> batchMatMul(Operand<T> a, Operand<T> b) {
    return tf.train.batchMatMul(a, b, type);
  }

  @Override
  public Operand<T> maskedScores(
      Operand<T> query, Operand<T> key, Operand<T> scale, Operand<T> bias) {
    Operand<T> product = tf.train.batchMatMul(query, key, type, BatchMatMul.adjY(true));
    return tf.math.add(tf.math.mul(product, scale), bias);
  }
}
