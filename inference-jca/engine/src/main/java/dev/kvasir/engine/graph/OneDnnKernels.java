package dev.kvasir.engine.graph;

import java.util.HashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** Products by oneDNN, through operations that TensorFlow's CPU build uses inside. */
final class OneDnnKernels<T extends TFloating> implements Kernels<T> {
  /*
   * TensorFlow Java's native library is built without AVX in Eigen, so that whatever is large has to run in oneDNN. The
   * public operations do not all get there: batchMatMul builds BatchMatMulV3, which stays in Eigen, where BatchMatMulV2
   * is rewritten to oneDNN; and a matMul packs its weight anew on every call. So we name the kernels ourselves:
   *
   *  - _MklNativeFusedMatMul with is_filter_const packs each weight once, at its first use. The packed copy lives as
   *    long as the session, once per feed/fetch signature: hence one signature for all steps, and weights that never
   *    change. It wants a bias (zeros here); the residual is added in place by oneDNN's sum post-op.
   *  - _MklFusedBatchMatMulV2 with {"Mul", "Add"} scales and masks the scores within the product (rank 4 only).
   *
   * These are internal: KernelProbe tries them at start, and PlainKernels stands in where they are missing.
   */

  private static final String KERNEL_LABEL = "MklNameChangeOp";

  private final Ops tf;
  private final Variables<T> variables;
  private final Map<Long, Operand<T>> zeroBiases = new HashMap<>();

  OneDnnKernels(Ops tf, Variables<T> variables) {
    this.tf = tf;
    this.variables = variables;
  }

  @Override
  public Operand<T> linear(Operand<? extends TFloating> x, Projection weight) {
    return fusedMatMul(x, weight, new String[] {"BiasAdd"}, zeroBias(weight.out()));
  }

  @Override
  public Operand<T> linearAdd(
      Operand<? extends TFloating> x, Projection weight, Operand<T> residual) {
    String[] fused = {"BiasAdd", "Add"};
    return fusedMatMul(x, weight, fused, zeroBias(weight.out()), residual);
  }

  @Override
  public Operand<T> batchMatMul(Operand<T> a, Operand<T> b) {
    return tf.scope()
        .opBuilder("BatchMatMulV2", "BatchMatMulV2")
        .addInput(a.asOutput())
        .addInput(b.asOutput())
        .build()
        .output(0);
  }

  @Override
  public Operand<T> maskedScores(
      Operand<T> query, Operand<T> key, Operand<T> scale, Operand<T> bias) {
    return tf.scope()
        .opBuilder("_MklFusedBatchMatMulV2", "MaskedScores")
        .addInput(query.asOutput())
        .addInput(key.asOutput())
        .addInputList(new Output<?>[] {scale.asOutput(), bias.asOutput()})
        .setAttr("adj_x", false)
        .setAttr("adj_y", true)
        .setAttr("num_args", 2L)
        .setAttr("fused_ops", new String[] {"Mul", "Add"})
        .build()
        .output(0);
  }

  @SafeVarargs
  private Operand<T> fusedMatMul(
      Operand<? extends TFloating> x,
      Projection weight,
      String[] fusedOps,
      Operand<T>... arguments) {
    Operand<T> matrix = variables.weight(weight);
    Output<?>[] outputs = new Output<?>[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      outputs[i] = arguments[i].asOutput();
    }
    OperationBuilder builder =
        tf.scope()
            .opBuilder("_MklNativeFusedMatMul", "Linear")
            .addInput(tf.dtypes.cast(x, variables.type()).asOutput())
            .addInput(matrix.asOutput())
            .addInputList(outputs)
            .setAttr("transpose_a", false)
            .setAttr("transpose_b", true)
            .setAttr("num_args", (long) arguments.length)
            .setAttr("fused_ops", fusedOps)
            .setAttr("is_filter_const", true)
            .setAttr("_kernel", KERNEL_LABEL);
    return builder.build().output(0);
  }

  private Operand<T> zeroBias(long size) {
    return zeroBiases.computeIfAbsent(size, s -> Zeros.of(tf, variables.type(), s));
  }
}
