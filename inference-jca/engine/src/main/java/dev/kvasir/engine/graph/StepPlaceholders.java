package dev.kvasir.engine.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt32;

/** Where a {@link StepInput} enters the graph, and the sizes that follow from it. */
final class StepPlaceholders {
  private final Ops tf;
  private final Constants constants;
  private final Map<List<Object>, Operand<TInt32>> dimensions = new HashMap<>();
  private final Placeholder<TInt32> tokens; // (batch * rowTokens)
  private final Placeholder<TInt32> positions; // (batch * rowTokens)
  private final Placeholder<TInt32> writeBlocks; // (batch * rowTokens)
  private final Placeholder<TInt32> writeOffsets; // (batch * rowTokens)
  private final Placeholder<TInt32> blockTables; // (batch, blocks)
  private final Placeholder<TInt32> logitRows; // (outputs)
  private final Operand<TInt32> batch;
  private final Operand<TInt32> blocks;
  private final Operand<TInt32> rowTokens;

  StepPlaceholders(Ops tf, Constants constants) {
    this.tf = tf;
    this.constants = constants;
    this.tokens = vector();
    this.positions = vector();
    this.writeBlocks = vector();
    this.writeOffsets = vector();
    this.blockTables =
        tf.placeholder(
            TInt32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE, Shape.UNKNOWN_SIZE)));
    this.logitRows = vector();
    this.batch = tf.squeeze(tf.shape.size(blockTables, constants.scalar(0)));
    this.blocks = tf.squeeze(tf.shape.size(blockTables, constants.scalar(1)));
    this.rowTokens = tf.math.div(tf.squeeze(tf.shape.size(tokens, constants.scalar(0))), batch);
  }

  private Placeholder<TInt32> vector() {
    return tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
  }

  /** A shape of sizes known now ({@link Integer}) and sizes known at the step (scalars). */
  Operand<TInt32> dimensions(Object... sizes) {
    return dimensions.computeIfAbsent(List.of(sizes), this::stacked);
  }

  private Operand<TInt32> stacked(List<Object> sizes) {
    List<Operand<TInt32>> scalars = new ArrayList<>();
    for (Object size : sizes) {
      scalars.add(size instanceof Integer known ? constants.scalar(known) : scalar(size));
    }
    return tf.stack(scalars);
  }

  @SuppressWarnings("unchecked") // dimensions() takes sizes and scalars only
  private static Operand<TInt32> scalar(Object size) {
    return (Operand<TInt32>) size;
  }

  Placeholder<TInt32> tokens() {
    return tokens;
  }

  Placeholder<TInt32> positions() {
    return positions;
  }

  Placeholder<TInt32> writeBlocks() {
    return writeBlocks;
  }

  Placeholder<TInt32> writeOffsets() {
    return writeOffsets;
  }

  Placeholder<TInt32> blockTables() {
    return blockTables;
  }

  Placeholder<TInt32> logitRows() {
    return logitRows;
  }

  /** Rows of the step. */
  Operand<TInt32> batch() {
    return batch;
  }

  /** Length of the block tables. */
  Operand<TInt32> blocks() {
    return blocks;
  }

  /** Tokens of each row. */
  Operand<TInt32> rowTokens() {
    return rowTokens;
  }
}
