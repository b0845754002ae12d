package dev.kvasir.engine.graph;

import dev.kvasir.engine.weights.Checkpoint;
import dev.kvasir.engine.weights.ModelLoadException;
import dev.kvasir.engine.weights.NumberType;
import dev.kvasir.engine.weights.WeightNames;
import dev.kvasir.engine.weights.numbers.BFloat16;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.types.family.TFloating;

/** Fills the graph's weights from a checkpoint, with as many threads as there are processors. */
final class WeightLoader {
  /*
   * Weights go through a heap buffer of each thread into the tensors' native memory, and these become the variables
   * without a copy. Where the form folds norms, projections behind one are multiplied by its weight, column by column,
   * in float32, and only then rounded to the compute type: x/rms * g rounded, times w, is not better than x/rms times
   * (g * w) rounded, and one pass over the activations is saved.
   */

  private final Checkpoint checkpoint;
  private final NumberType type;
  private final KernelForm form;

  WeightLoader(Checkpoint checkpoint, NumberType type, KernelForm form) {
    this.checkpoint = checkpoint;
    this.type = type;
    this.form = form;
  }

  /** The type that it writes. */
  NumberType type() {
    return type;
  }

  /** Where a part of a tensor belongs. */
  private record Place(TensorPart part, ByteDataBuffer out) {}

  /** Fills tensors of the weights' shapes; each of the checkpoint's is read once. */
  void fill(Map<Variables.Weight<?>, TFloating> tensors, GraphShape shape) {
    Map<String, List<Place>> places = new LinkedHashMap<>();
    tensors.forEach(
        (weight, tensor) -> {
          ByteDataBuffer out = tensor.asRawTensor().data();
          if (weight.parts().isEmpty()) {
            fillRotations(out, shape);
          }
          for (TensorPart part : weight.parts()) {
            places.computeIfAbsent(part.tensor(), n -> new ArrayList<>()).add(new Place(part, out));
            out = out.offset(bytes(part));
          }
        });
    Queue<Map.Entry<String, List<Place>>> left = new ConcurrentLinkedQueue<>(places.entrySet());
    IntStream.range(0, SessionOptions.processors())
        .parallel()
        .forEach(
            thread -> {
              Scratch scratch = new Scratch();
              for (var next = left.poll(); next != null; next = left.poll()) {
                fill(next.getKey(), next.getValue(), scratch);
              }
            });
  }

  private void fill(String name, List<Place> places, Scratch scratch) {
    ByteBuffer numbers = read(name, form.foldsNorms() ? normBefore(name) : "", scratch);
    for (Place place : places) {
      copy(numbers, place);
    }
  }

  private void copy(ByteBuffer numbers, Place place) {
    TensorPart part = place.part();
    int from = Math.toIntExact(part.from() * rowBytes(part.tensor()));
    int bytes = Math.toIntExact(bytes(part));
    place.out().write(numbers.array(), numbers.arrayOffset() + from, bytes);
  }

  private long bytes(TensorPart part) {
    return (part.to() - part.from()) * rowBytes(part.tensor());
  }

  private long rowBytes(String tensor) {
    long[] shape = checkpoint.shape(tensor);
    return shape.length == 1 ? type.bytes() : shape[1] * type.bytes();
  }

  private static final Map<String, String> NORM_OF_PROJECTION =
      Map.of(
          WeightNames.attention("q"), WeightNames.ATTENTION_NORM,
          WeightNames.attention("k"), WeightNames.ATTENTION_NORM,
          WeightNames.attention("v"), WeightNames.ATTENTION_NORM,
          WeightNames.mlp("gate"), WeightNames.MLP_NORM,
          WeightNames.mlp("up"), WeightNames.MLP_NORM);

  private static String normBefore(String name) {
    for (Map.Entry<String, String> entry : NORM_OF_PROJECTION.entrySet()) {
      if (name.contains(entry.getKey())) {
        return name.replace(entry.getKey(), entry.getValue());
      }
    }
    return "";
  }

  /**
   * The tensor in the compute type, multiplied by the norm if there is one; valid until the scratch
   * is taken again.
   */
  private ByteBuffer read(String name, String norm, Scratch scratch) {
    long count = 1;
    for (long size : checkpoint.shape(name)) {
      count *= size;
    }
    if (norm.isEmpty()) {
      ByteBuffer out = scratch.take(name, count * type.bytes());
      checkpoint.read(name, type, out);
      return out.flip();
    }
    float[] gains = new float[(int) checkpoint.shape(norm)[0]]; // (columns)
    ByteBuffer stored = littleEndian(gains.length * Float.BYTES);
    checkpoint.read(norm, NumberType.F32, stored);
    stored.flip().asFloatBuffer().get(gains);
    ByteBuffer out = scratch.take(name, count * Float.BYTES);
    checkpoint.read(name, NumberType.F32, out);
    return scaled(out.flip(), gains);
  }

  /**
   * Multiplies each row of a float32 matrix by the gains and rounds it to the compute type, in
   * place.
   */
  private ByteBuffer scaled(ByteBuffer matrix, float[] gains) {
    int columns = gains.length;
    int count = matrix.limit() / Float.BYTES;
    FloatBuffer floats = matrix.asFloatBuffer();
    ShortBuffer shorts = matrix.asShortBuffer();
    float[] row = new float[columns];
    short[] rounded = new short[columns];
    for (int at = 0; at < count; at += columns) {
      floats.get(at, row);
      for (int i = 0; i < columns; i++) {
        row[i] *= gains[i];
      }
      if (type == NumberType.F32) {
        floats.put(at, row);
      } else {
        for (int i = 0; i < columns; i++) {
          rounded[i] = BFloat16.round(row[i]);
        }
        shorts.put(at, rounded); // behind what is still to be read: half as long
      }
    }
    return matrix.limit(count * type.bytes());
  }

  private void fillRotations(ByteDataBuffer out, GraphShape shape) {
    RotationTable table = new RotationTable(shape.model().rope(), shape.model().headSize(), type);
    long bytes = out.size() / shape.contextTokens();
    for (int position = 0; position < shape.contextTokens(); position++) {
      out.slice(position * bytes, bytes).write(table.matrix(position));
    }
  }

  /** A thread's buffer for one tensor after another. */
  private static final class Scratch {
    private ByteBuffer buffer = ByteBuffer.allocate(0);

    ByteBuffer take(String name, long bytes) {
      if (bytes > Integer.MAX_VALUE - 8) {
        throw new ModelLoadException(
            "tensor %s takes %d bytes in one piece, but at most 2 GiB can be loaded"
                .formatted(name, bytes));
      }
      if (buffer.capacity() < bytes) {
        buffer = littleEndian((int) bytes);
      }
      return buffer.clear().limit((int) bytes);
    }
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
