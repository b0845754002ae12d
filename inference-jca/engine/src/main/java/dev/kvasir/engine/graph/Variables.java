package dev.kvasir.engine.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * The graph's variables: weights, which are fed once and then only read, and pools, which start as
 * zeros and are written by every step.
 */
final class Variables<T extends TFloating> {
  /** A weight that waits for its numbers: feed {@code source}, run {@code assign}. */
  record Weight<T extends TFloating>(Shape shape, Placeholder<T> source, Op assign) {}

  private final Ops tf;
  private final Class<T> type;
  private final Map<String, Weight<T>> weights = new LinkedHashMap<>();
  private final List<Op> poolInitializers = new ArrayList<>();

  Variables(Ops tf, Class<T> type) {
    this.tf = tf;
    this.type = type;
  }

  /** The value of a new weight. */
  Operand<T> weight(String name, long... dimensions) {
    return tf.readVariableOp(weightHandle(name, dimensions), type);
  }

  /** A new weight as a handle, for gathering rows without reading the whole. */
  VarHandleOp weightHandle(String name, long... dimensions) {
    Shape shape = Shape.of(dimensions);
    VarHandleOp handle = tf.varHandleOp(type, shape, VarHandleOp.sharedName(name));
    Placeholder<T> source = tf.placeholder(type, Placeholder.shape(shape));
    weights.put(name, new Weight<>(shape, source, tf.assignVariableOp(handle, source)));
    return handle;
  }

  /** A new variable of zeros. */
  VarHandleOp pool(String name, long... dimensions) {
    VarHandleOp handle = tf.varHandleOp(type, Shape.of(dimensions), VarHandleOp.sharedName(name));
    Operand<TInt64> shape = tf.constant(dimensions);
    poolInitializers.add(tf.assignVariableOp(handle, tf.zeros(shape, type)));
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
