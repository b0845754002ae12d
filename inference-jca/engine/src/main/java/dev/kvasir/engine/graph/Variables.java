package dev.kvasir.engine.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * The graph's variables: weights, which are fed once and then only read, and pools, which start as
 * zeros and are written by every step.
 */
final class Variables<T extends TFloating> {
  /**
   * A weight that waits for its numbers: feed {@code source}, run all of {@code assigns}.
   *
   * @param parts of the checkpoint that it consists of; none: RoPE's matrices
   */
  record Weight<T extends TFloating>(
      Shape shape, List<TensorPart> parts, Placeholder<T> source, List<Operation> assigns) {}

  private final Ops tf;
  private final Class<T> type;
  private final Map<String, Weight<T>> weights = new LinkedHashMap<>();
  private final Map<String, Operand<T>> values = new HashMap<>();
  private final Map<String, QuantizedRows> quantized = new HashMap<>();
  private final List<Op> poolInitializers = new ArrayList<>();
  private List<Operation> lastQuantized = List.of();

  Variables(Ops tf, Class<T> type) {
    this.tf = tf;
    this.type = type;
  }

  /** The type of the weights, as they are fed. */
  Class<T> type() {
    return type;
  }

  /** The value of a vector of the checkpoint. */
  Operand<T> vector(String tensor, long size) {
    List<TensorPart> whole = List.of(new TensorPart(tensor, 0, size));
    return values.computeIfAbsent(tensor, n -> read(n, fed(n, Shape.of(size), whole)));
  }

  /** The value of a matrix. */
  Operand<T> weight(Projection matrix) {
    return values.computeIfAbsent(matrix.name(), n -> read(n, fed(matrix)));
  }

  private Operand<T> read(String name, Weight<T> weight) {
    return tf.readVariableOp(handle(name, weight), type);
  }

  /** RoPE's matrices as a handle, for gathering some without reading all. */
  VarHandleOp rotations(long positions, long size) {
    return handle("rotations", fed("rotations", Shape.of(positions, size, size), List.of()));
  }

  private VarHandleOp handle(String name, Weight<T> weight) {
    VarHandleOp handle = tf.varHandleOp(type, weight.shape(), VarHandleOp.sharedName(name));
    weight.assigns().add(tf.assignVariableOp(handle, weight.source()).op());
    return handle;
  }

  /**
   * The value of a weight in 8 bits, its scales as (rows). Weights are quantized when they are fed,
   * one after another: the float32 forms of all would take four times the memory.
   */
  QuantizedRows quantized(Projection matrix) {
    return quantized.computeIfAbsent(matrix.name(), n -> newQuantized(matrix));
  }

  private QuantizedRows newQuantized(Projection matrix) {
    Weight<T> weight = fed(matrix);
    Operand<TFloat32> wide =
        tf.withControlDependencyOps(lastQuantized).dtypes.cast(weight.source(), TFloat32.class);
    QuantizedRows rows = QuantizedRows.of(tf, wide);
    Shape scaleShape = Shape.of(matrix.out());
    Operand<TFloat32> scales = tf.reshape(rows.scales(), tf.constant(scaleShape));
    Raw codesVariable = raw(matrix.name() + "/codes", rows.codes(), weight.shape());
    Raw scalesVariable = raw(matrix.name() + "/scales", scales.asOutput(), scaleShape);
    lastQuantized = List.of(codesVariable.assign(), scalesVariable.assign());
    weight.assigns().addAll(lastQuantized);
    return new QuantizedRows(codesVariable.value(), scalesVariable.value().expect(TFloat32.class));
  }

  /** A variable of a type that has no class in Java. */
  private record Raw(Operation assign, Output<?> value) {}

  private Raw raw(String name, Output<?> value, Shape shape) {
    DataType dataType = value.dataType();
    Output<?> handle =
        tf.scope()
            .opBuilder("VarHandleOp", "Variable")
            .setAttr("dtype", dataType)
            .setAttr("shape", shape)
            .setAttr("shared_name", name)
            .build()
            .output(0);
    Operation assign =
        tf.scope()
            .opBuilder("AssignVariableOp", "Assign")
            .addInput(handle)
            .addInput(value)
            .setAttr("dtype", dataType)
            .build();
    Output<?> read =
        tf.scope()
            .opBuilder("ReadVariableOp", "Read")
            .addInput(handle)
            .setAttr("dtype", dataType)
            .build()
            .output(0);
    return new Raw(assign, read);
  }

  private Weight<T> fed(Projection matrix) {
    return fed(matrix.name(), Shape.of(matrix.out(), matrix.in()), matrix.parts());
  }

  private Weight<T> fed(String name, Shape shape, List<TensorPart> parts) {
    return weights.computeIfAbsent(
        name,
        n ->
            new Weight<>(
                shape, parts, tf.placeholder(type, Placeholder.shape(shape)), new ArrayList<>()));
  }

  /** A new variable of zeros. */
  VarHandleOp pool(String name, long... dimensions) {
    VarHandleOp handle = tf.varHandleOp(type, Shape.of(dimensions), VarHandleOp.sharedName(name));
    poolInitializers.add(tf.assignVariableOp(handle, Zeros.of(tf, type, dimensions)));
    return handle;
  }

  /** Weights by name, in the order of their making. */
  Map<String, Weight<T>> weights() {
    return weights;
  }

  /** Operations that zero the pools. */
  List<Op> poolInitializers() {
    return poolInitializers;
  }
}
