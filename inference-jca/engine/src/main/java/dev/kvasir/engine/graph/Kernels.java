package dev.kvasir.engine.graph;

import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/** The products of the graph, in one of the {@link KernelForm}s. */
interface Kernels<T extends TFloating> {
  /**
   * x wᵀ.
   *
   * @param x (rows, in)
   * @param weight (out, in), a variable that never changes
   * @return (rows, out)
   */
  Operand<T> linear(Operand<T> x, Operand<T> weight);

  /**
   * residual + x wᵀ.
   *
   * @param residual (rows, out)
   */
  Operand<T> linearAdd(Operand<T> x, Operand<T> weight, Operand<T> residual);

  /**
   * a b over the last two dimensions.
   *
   * @param a (.., m, k)
   * @param b (.., k, n)
   * @return (.., m, n)
   */
  Operand<T> batchMatMul(Operand<T> a, Operand<T> b);

  /**
   * scale (q kᵀ) + bias.
   *
   * @param query (batch, kvHeads, rows, headSize)
   * @param key (batch, kvHeads, slots, headSize)
   * @param bias (batch, 1, rows, slots)
   * @return (batch, kvHeads, rows, slots)
   */
  Operand<T> maskedScores(Operand<T> query, Operand<T> key, Operand<T> scale, Operand<T> bias);
}
