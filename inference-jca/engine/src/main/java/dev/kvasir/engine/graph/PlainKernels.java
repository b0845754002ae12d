package dev.kvasir.engine.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.family.TFloating;

/** Products by TensorFlow's public operations. */
final class PlainKernels<T extends TFloating> implements Kernels<T> {
  private final Ops tf;
  private final Variables<T> variables;
  private final Class<T> type;

  PlainKernels(Ops tf, Variables<T> variables) {
    this.tf = tf;
    this.variables = variables;
    this.type = variables.type();
  }

  @Override
  public Operand<T> linear(Operand<? extends TFloating> x, Projection weight) {
    Operand<T> matrix = variables.weight(weight);
    return tf.linalg.matMul(tf.dtypes.cast(x, type), matrix, MatMul.transposeB(true));
  }

  @Override
  public Operand<T> linearAdd(
      Operand<? extends TFloating> x, Projection weight, Operand<T> residual) {
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
