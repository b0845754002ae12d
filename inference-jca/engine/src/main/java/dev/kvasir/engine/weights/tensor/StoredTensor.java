package dev.kvasir.engine.weights.tensor;

import dev.kvasir.engine.weights.Checkpoint;
import dev.kvasir.engine.weights.NumberType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A tensor in a mapped file. Reads go row by row, so that no tensor is ever held twice. */
public final class StoredTensor {
  private final MappedFile file;
  private final long offset;
  private final TensorFormat format;
  private final long[] shape;
  private final RowOrder order;

  /**
   * Describes bytes that the caller knows to be within the file.
   *
   * @param shape outermost first; the innermost is whole blocks of the format
   */
  public StoredTensor(
      MappedFile file, long offset, TensorFormat format, long[] shape, RowOrder order) {
    this.file = file;
    this.offset = offset;
    this.format = format;
    this.shape = shape.clone();
    this.order = order;
  }

  /** The same bytes with rows in another order. */
  public StoredTensor reordered(RowOrder newOrder) {
    return new StoredTensor(file, offset, format, shape, newOrder);
  }

  public long[] shape() {
    return shape.clone();
  }

  public MappedFile file() {
    return file;
  }

  /** As {@link Checkpoint#read}. */
  public void read(NumberType type, ByteBuffer out) {
    long bytes = Math.multiplyExact(numbers(), (long) type.bytes());
    if (out.remaining() < bytes) {
      throw new IllegalArgumentException(
          "the tensor takes %d bytes, but the buffer has room for %d"
              .formatted(bytes, out.remaining()));
    }
    ByteBuffer target = out.slice().order(ByteOrder.LITTLE_ENDIAN);
    if (format.is(type)) {
      copyRows(target);
    } else {
      convertRows(type, target);
    }
    out.position(out.position() + (int) bytes);
  }

  private void copyRows(ByteBuffer target) {
    int rowBytes = rowBytes();
    long rows = numbers() / columns();
    for (long row = 0; row < rows; row++) {
      target.limit(target.position() + rowBytes);
      file.get(offset + order.sourceRow(row) * rowBytes, target);
    }
  }

  private void convertRows(NumberType type, ByteBuffer target) {
    int rowBytes = rowBytes();
    byte[] stored = new byte[rowBytes];
    float[] numbers = new float[columns()];
    RowWriter writer = RowWriter.of(type, numbers.length, target);
    long rows = numbers() / columns();
    for (long row = 0; row < rows; row++) {
      file.get(offset + order.sourceRow(row) * rowBytes, stored, rowBytes);
      format.decoder().decode(stored, numbers);
      writer.write(numbers);
    }
  }

  private int columns() {
    return Math.toIntExact(shape[shape.length - 1]);
  }

  private int rowBytes() {
    return Math.toIntExact(format.bytes(columns()));
  }

  private long numbers() {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }
}
