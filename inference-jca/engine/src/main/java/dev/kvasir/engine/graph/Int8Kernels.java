package dev.kvasir.engine.graph;

import java.util.HashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/** Products with weights of 8 bits by oneDNN; those of attention as in {@link OneDnnKernels}. */
final class Int8Kernels<T extends TFloating> implements Kernels<T> {
  /*
   * A weight's rows are quantized when it is loaded, an activation's in each step, each row by its own largest
   * magnitude: what stands beside a row never changes its bits. The product of codes is exact in 32-bit integers and
   * comes out as float32, which is then multiplied by the weight's scales, one a column, and by the row's.
   *
   * _QuantizedMatMul could multiply by the weight's scales itself. But it finds the primitives it has made, 1,024 at
   * most for a thread, by the address of the scales: each matrix would have its own for each number of rows, to be made
   * again and again, and a model loaded later could meet those of one that was closed. With ranges of 127 (scales of 1)
   * there is one for each shape. Like the others, it is internal and tried by KernelProbe first.
   */

  private static final String[] FUSED = {"BiasAdd", "Dequantize"};

  private final Ops tf;
  private final Variables<T> variables;
  private final OneDnnKernels<T> attention;
  private final Output<?> unitRange;
  private final Map<Long, Operand<TFloat32>> zeroBiases = new HashMap<>();

  Int8Kernels(Ops tf, Variables<T> variables) {
    this.tf = tf;
    this.variables = variables;
    this.attention = new OneDnnKernels<>(tf, variables);
    this.unitRange = tf.constant(127f).asOutput();
  }

  @Override
  public Operand<T> linear(Operand<? extends TFloating> x, Projection weight) {
    return tf.dtypes.cast(product(x, weight), variables.type());
  }

  @Override
  public Operand<T> linearAdd(
      Operand<? extends TFloating> x, Projection weight, Operand<T> residual) {
    Operand<TFloat32> sum = tf.math.add(product(x, weight), wide(residual));
    return tf.dtypes.cast(sum, variables.type());
  }

  @Override
  public Operand<T> batchMatMul(Operand<T> a, Operand<T> b) {
    return attention.batchMatMul(a, b);
  }

  @Override
  public Operand<T> maskedScores(
      Operand<T> query, Operand<T> key, Operand<T> scale, Operand<T> bias) {
    return attention.maskedScores(query, key, scale, bias);
  }

  private Operand<TFloat32> product(Operand<? extends TFloating> x, Projection weight) {
    QuantizedRows rows = QuantizedRows.of(tf, wide(x));
    QuantizedRows matrix = variables.quantized(weight);
    Operand<TFloat32> codes = productOfCodes(rows.codes(), matrix.codes(), weight.out());
    return tf.math.mul(tf.math.mul(codes, matrix.scales()), rows.scales());
  }

  /** a bᵀ. */
  private Operand<TFloat32> productOfCodes(Output<?> a, Output<?> b, long out) {
    DataType qint8 = DataType.DT_QINT8;
    DataType f32 = DataType.DT_FLOAT;
    return tf.scope()
        .opBuilder("_QuantizedMatMul", "QuantizedLinear")
        .addInputList(new Output<?>[] {a, b, zeroBias(out).asOutput()})
        .addInputList(new Output<?>[] {unitRange, unitRange, unitRange, unitRange})
        .setAttr("Tdevice_inputs", new DataType[] {qint8, qint8, f32})
        .setAttr("Thost_inputs", new DataType[] {f32, f32, f32, f32})
        .setAttr("Tdevice_outputs", new DataType[] {f32})
        .setAttr("Thost_outputs", new DataType[0])
        .setAttr("T1", qint8)
        .setAttr("T2", qint8)
        .setAttr("Tbias", f32)
        .setAttr("U", f32)
        .setAttr("Tout", f32)
        .setAttr("transpose_a", false)
        .setAttr("transpose_b", true)
        .setAttr("is_weight_const", true)
        .setAttr("is_bias_const", true)
        .setAttr("fused_ops", FUSED)
        .setAttr("input_quant_mode", "SCALED")
        .setAttr("output_quant_mode", "SCALED")
        .build()
        .output(0);
  }

  private Operand<TFloat32> zeroBias(long size) {
    return zeroBiases.computeIfAbsent(size, s -> Zeros.of(tf, TFloat32.class, s));
  }

  private Operand<TFloat32> wide(Operand<? extends TFloating> x) {
    return tf.dtypes.cast(x, TFloat32.class);
  }
}
