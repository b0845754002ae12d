package dev.kvasir.engine.weights.gguf;

import dev.kvasir.engine.weights.ModelLoadException;
import dev.kvasir.engine.weights.tensor.MappedFile;
import dev.kvasir.engine.weights.tensor.RowOrder;
import dev.kvasir.engine.weights.tensor.StoredTensor;
import dev.kvasir.engine.weights.tensor.TensorExtents;
import dev.kvasir.engine.weights.tensor.TensorFormat;
import dev.kvasir.engine.weights.tensor.TensorShapes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands before the data of a GGUF file: metadata and the places of the tensors.
 *
 * @param metadata the key-value part
 * @param tensors by llama.cpp's names, rows as they stand, checked to lie within the file and not
 *     over each other
 */
record GgufHeader(GgufMetadata metadata, Map<String, StoredTensor> tensors) {
  private static final int MAGIC = 0x46554747; // "GGUF"
  private static final long DEFAULT_ALIGNMENT = 32;
  private static final int MAX_DIMENSIONS = 4;

  static GgufHeader read(MappedFile file) {
    GgufReader reader = new GgufReader(file);
    checkVersion(file, reader);
    long tensorCount = reader.uint64();
    long keyCount = reader.uint64();
    Map<String, Object> values = new HashMap<>();
    for (long i = 0; i < keyCount; i++) {
      values.put(reader.string(), reader.value());
    }
    GgufMetadata metadata = new GgufMetadata(file.path(), values);
    List<Entry> entries = new ArrayList<>();
    for (long i = 0; i < tensorCount; i++) {
      entries.add(Entry.read(file, reader));
    }
    return new GgufHeader(metadata, tensors(file, entries, dataStart(metadata, reader)));
  }

  private static void checkVersion(MappedFile file, GgufReader reader) {
    if (file.sizeBytes() < 4 || reader.uint32() != MAGIC) {
      throw new ModelLoadException(
          file.path() + " is no GGUF file: it does not start with \"GGUF\"");
    }
    int version = reader.uint32();
    if (version != 2 && version != 3) {
      throw new ModelLoadException(
          "%s: GGUF version is %s, but known are 2 and 3, little-endian"
              .formatted(file.path(), Integer.toUnsignedString(version)));
    }
  }

  private static long dataStart(GgufMetadata metadata, GgufReader reader) {
    long alignment = metadata.integer("general.alignment", (int) DEFAULT_ALIGNMENT);
    if (alignment < 1 || Long.bitCount(alignment) != 1) {
      throw metadata.wrong("general.alignment", alignment, "a power of two");
    }
    return (reader.position() + alignment - 1) & -alignment;
  }

  private static Map<String, StoredTensor> tensors(
      MappedFile file, List<Entry> entries, long dataStart) {
    Map<String, StoredTensor> tensors = new HashMap<>();
    TensorExtents extents = new TensorExtents(file);
    for (Entry entry : entries) {
      long offset = dataStart + entry.offset;
      long numbers = TensorShapes.numbers(file.path(), entry.name, entry.shape);
      if (entry.shape[entry.shape.length - 1] % entry.format.blockNumbers() != 0) {
        throw new ModelLoadException(
            "%s: tensor %s has rows of %d numbers, but %s keeps blocks of %d"
                .formatted(
                    file.path(),
                    entry.name,
                    entry.shape[entry.shape.length - 1],
                    entry.format,
                    entry.format.blockNumbers()));
      }
      extents.add(entry.name, offset, entry.format.bytes(numbers));
      StoredTensor tensor =
          new StoredTensor(file, offset, entry.format, entry.shape, RowOrder.PLAIN);
      if (tensors.put(entry.name, tensor) != null) {
        throw new ModelLoadException(file.path() + ": tensor " + entry.name + " is there twice");
      }
    }
    extents.checkNoOverlap();
    return tensors;
  }

  /** One line of the list of tensors; {@code offset} counts from the start of the data. */
  private static final class Entry {
    final String name;
    final long[] shape;
    final TensorFormat format;
    final long offset;

    private Entry(String name, long[] shape, TensorFormat format, long offset) {
      this.name = name;
      this.shape = shape;
      this.format = format;
      this.offset = offset;
    }

    static Entry read(MappedFile file, GgufReader reader) {
      String name = reader.string();
      int dimensions = reader.uint32();
      if (dimensions < 1 || dimensions > MAX_DIMENSIONS) {
        throw new ModelLoadException(
            "%s: tensor %s has %d dimensions, but 1 to %d can be"
                .formatted(file.path(), name, dimensions, MAX_DIMENSIONS));
      }
      long[] shape = new long[dimensions];
      for (int i = dimensions - 1; i >= 0; i--) {
        shape[i] = reader.uint64(); // the file keeps the innermost first
      }
      TensorFormat format = GgufTypes.format(file.path(), name, reader.uint32());
      return new Entry(name, shape, format, reader.uint64());
    }
  }
}
