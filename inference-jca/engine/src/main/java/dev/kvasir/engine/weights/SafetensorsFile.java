package dev.kvasir.engine.weights;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
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
    List<Extent> extents = new ArrayList<>();
    for (String name : header.object().keySet()) {
      if (!name.equals("__metadata__")) {
        JsonFields entry = header.fields(name).orElseThrow(() -> bad(name, "is null"));
        Extent extent = extent(name, entry);
        extents.add(extent);
        tensors.put(name, tensor(name, entry, extent));
      }
    }
    checkNoOverlap(extents);
    return tensors;
  }

  private StoredTensor tensor(String name, JsonFields entry, Extent extent) {
    TensorFormat format = format(name, entry.text("dtype").orElse("missing"));
    long[] shape = longs(name, entry, "shape");
    long bytes = format.bytes(TensorShapes.numbers(file.path(), name, shape));
    if (extent.end - extent.begin != bytes) {
      throw bad(
          name, "has %d bytes, but its shape needs %d".formatted(extent.end - extent.begin, bytes));
    }
    return new StoredTensor(file, dataStart + extent.begin, format, shape, RowOrder.PLAIN);
  }

  private Extent extent(String name, JsonFields entry) {
    long[] offsets = longs(name, entry, "data_offsets");
    long dataBytes = file.sizeBytes() - dataStart;
    if (offsets.length != 2 || offsets[0] < 0 || offsets[1] < offsets[0]) {
      throw bad(name, "has bad data_offsets " + entry.get("data_offsets"));
    }
    if (offsets[1] > dataBytes) {
      throw bad(
          name,
          "ends at byte %d, but the file holds %d: it is cut off".formatted(offsets[1], dataBytes));
    }
    return new Extent(name, offsets[0], offsets[1]);
  }

  private void checkNoOverlap(List<Extent> extents) {
    extents.sort(Comparator.comparingLong(Extent::begin).thenComparingLong(Extent::end));
    for (int i = 1; i < extents.size(); i++) {
      Extent before = extents.get(i - 1);
      Extent extent = extents.get(i);
      if (extent.begin < before.end) {
        throw bad(extent.name, "lies over tensor " + before.name);
      }
    }
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
    } catch (ArithmeticException | IllegalStateException | UnsupportedOperationException e) {
      throw entry.wrong(key, array, "a list of whole numbers");
    } catch (NumberFormatException e) {
      throw entry.wrong(key, array, "a list of whole numbers");
    }
    return numbers;
  }

  private ModelLoadException bad(String tensor, String what) {
    return new ModelLoadException("%s: tensor %s %s".formatted(file.path(), tensor, what));
  }

  /** Bytes of a tensor, counted from the header's end. */
  private record Extent(String name, long begin, long end) {}
}
