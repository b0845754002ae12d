package dev.kvasir.engine.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** The products of the graph, in one of the {@link KernelForm}s. */
interface Kernels<T extends TFloating> {
  /** The products of a form; the weights that they need become variables. */
  static <T extends TFloating> Kernels<T> of(KernelForm form, Ops tf, Variables<T> variables) {
    return switch (form) {
      case ONEDNN -> new OneDnnKernels<>(tf, variables);
      case INT8 -> new Int8Kernels<>(tf, variables);
      case PLAIN -> new PlainKernels<>(tf, variables);
    };
  }

  /**
   * x wᵀ.
   *
   * @param x (rows, in), in float32 wherever it was computed so
   * @param weight w
   * @return (rows, out)
   */
  Operand<T> linear(Operand<? extends TFloating> x, Projection weight);

  /**
   * residual + x wᵀ.
   *
   * @param residual (rows, out)
   */
  Operand<T> linearAdd(Operand<? extends TFloating> x, Projection weight, Operand<T> residual);

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
