package dev.kvasir.engine.weights.huggingface;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import dev.kvasir.engine.weights.ModelLoadException;
import dev.kvasir.engine.weights.tensor.MappedFile;
import dev.kvasir.engine.weights.tensor.RowOrder;
import dev.kvasir.engine.weights.tensor.StoredTensor;
import dev.kvasir.engine.weights.tensor.TensorExtents;
import dev.kvasir.engine.weights.tensor.TensorFormat;
import dev.kvasir.engine.weights.tensor.TensorShapes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A safetensors file: the header's length (8 bytes, little-endian), a JSON header, then the
 * tensors' bytes without holes (github.com/huggingface/safetensors, "Format").
 */
final class SafetensorsFile {
  private static final int LENGTH_BYTES = 8;
  private static final long MAX_HEADER_BYTES = 100_000_000;

  private final MappedFile file;
  private final JsonFields header;
  private final long dataStart;

  private SafetensorsFile(MappedFile file) {
    this.file = file;
    long headerBytes = headerBytes(file);
    byte[] json = new byte[(int) headerBytes];
    file.get(LENGTH_BYTES, json, json.length);
    header = JsonFields.parse(file.path() + ", header", new String(json, StandardCharsets.UTF_8));
    dataStart = LENGTH_BYTES + headerBytes;
  }

  /** All tensors by name, checked to lie within the file and not over each other. */
  static Map<String, StoredTensor> tensors(MappedFile file) {
    return new SafetensorsFile(file).tensors();
  }

  private static long headerBytes(MappedFile file) {
    if (file.sizeBytes() < LENGTH_BYTES) {
      throw new ModelLoadException(
          "%s has %d bytes: no safetensors file is that short"
              .formatted(file.path(), file.sizeBytes()));
    }
    byte[] length = new byte[LENGTH_BYTES];
    file.get(0, length, LENGTH_BYTES);
    long headerBytes = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong();
    long most = Math.min(MAX_HEADER_BYTES, file.sizeBytes() - LENGTH_BYTES);
    if (headerBytes < 2 || headerBytes > most) {
      throw new ModelLoadException(
          "%s is no safetensors file, or is cut off: its header has %d bytes, but at most %d can be"
              .formatted(file.path(), headerBytes, most));
    }
    return headerBytes;
  }

  private Map<String, StoredTensor> tensors() {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    TensorExtents extents = new TensorExtents(file);
    for (String name : header.object().keySet()) {
      if (!name.equals("__metadata__")) {
        JsonFields entry = header.fields(name).orElseThrow(() -> bad(name, "is null"));
        tensors.put(name, tensor(name, entry, extents));
      }
    }
    extents.checkNoOverlap();
    return tensors;
  }

  private StoredTensor tensor(String name, JsonFields entry, TensorExtents extents) {
    TensorFormat format = format(name, entry.text("dtype").orElse("missing"));
    long[] shape = longs(name, entry, "shape");
    long bytes = format.bytes(TensorShapes.numbers(file.path(), name, shape));
    long[] offsets = longs(name, entry, "data_offsets"); // (begin, end) from the header's end
    if (offsets.length != 2 || offsets[0] < 0 || offsets[1] - offsets[0] != bytes) {
      throw bad(
          name,
          "has data_offsets %s, but its shape needs %d bytes"
              .formatted(Arrays.toString(offsets), bytes));
    }
    extents.add(name, dataStart + offsets[0], bytes);
    return new StoredTensor(file, dataStart + offsets[0], format, shape, RowOrder.PLAIN);
  }

  private TensorFormat format(String name, String dtype) {
    return switch (dtype) {
      case "F32" -> TensorFormat.F32;
      case "F16" -> TensorFormat.F16;
      case "BF16" -> TensorFormat.BF16;
      default -> throw bad(name, "has type " + dtype + ", but known are F32, F16, BF16");
    };
  }

  private long[] longs(String name, JsonFields entry, String key) {
    JsonElement value = entry.get(key);
    if (!(value instanceof JsonArray array)) {
      throw bad(name, "has no list " + key);
    }
    long[] numbers = new long[array.size()];
    try {
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = array.get(i).getAsBigDecimal().longValueExact();
      }
    } catch (ArithmeticException
        | IllegalStateException
        | NumberFormatException
        | UnsupportedOperationException e) {
      throw entry.wrong(key, array, "a list of whole numbers");
    }
    return numbers;
  }

  private ModelLoadException bad(String tensor, String what) {
    return new ModelLoadException("%s: tensor %s %s".formatted(file.path(), tensor, what));
  }
}
