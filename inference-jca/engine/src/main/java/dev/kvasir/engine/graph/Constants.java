package dev.kvasir.engine.graph;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;

/**
 * Whole numbers in a graph, each made once. TensorFlow would find equal ones itself, but only after
 * some 8 KB of its memory for each, and there are a hundred in a layer.
 */
final class Constants {
  private final Ops tf;
  private final Map<Integer, Operand<TInt32>> scalars = new HashMap<>();
  private final Map<List<Integer>, Operand<TInt32>> vectors = new HashMap<>();

  Constants(Ops tf) {
    this.tf = tf;
  }

  Operand<TInt32> scalar(int value) {
    return scalars.computeIfAbsent(value, tf::constant);
  }

  /** A vector; of one number, too. */
  Operand<TInt32> vector(int... values) {
    List<Integer> key = Arrays.stream(values).boxed().toList();
    return vectors.computeIfAbsent(key, k -> tf.constant(values));
  }
}
