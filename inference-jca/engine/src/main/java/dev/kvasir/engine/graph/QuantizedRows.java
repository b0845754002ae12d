package dev.kvasir.engine.graph;

import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Max;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;

/**
 * A matrix in 8 bits: each number is its code times its row's scale.
 *
 * @param codes (rows, columns) qint8, -127 to 127
 * @param scales (rows, 1): the row's largest magnitude / 127
 */
record QuantizedRows(Output<?> codes, Operand<TFloat32> scales) {
  private static final float LARGEST_CODE = 127;

  /** The nearest codes of a matrix; a row's depend on no other row. */
  static QuantizedRows of(Ops tf, Operand<TFloat32> matrix) {
    Operand<TFloat32> largest =
        tf.max(tf.math.abs(matrix), tf.constant(new int[] {1}), Max.keepDims(true));
    Operand<TFloat32> scales = // a row of zeros has zeros for codes, not NaN
        tf.math.maximum(
            tf.math.mul(largest, tf.constant(1 / LARGEST_CODE)), tf.constant(Float.MIN_NORMAL));
    Operand<TFloat32> whole = tf.math.rint(tf.math.div(matrix, scales));
    return new QuantizedRows(asQint8(tf, whole), scales);
  }

  /** Through int8, which has the same bits: no operation casts to qint8. */
  private static Output<?> asQint8(Ops tf, Operand<TFloat32> whole) {
    Output<?> bytes =
        tf.scope()
            .opBuilder("Cast", "Codes")
            .addInput(whole.asOutput())
            .setAttr("DstT", DataType.DT_INT8)
            .build()
            .output(0);
    return tf.scope()
        .opBuilder("Bitcast", "Codes")
        .addInput(bytes)
        .setAttr("type", DataType.DT_QINT8)
        .build()
        .output(0);
  }
}
