package dev.kvasir.engine.weights.gguf;

import dev.kvasir.engine.weights.ModelLoadException;
import dev.kvasir.engine.weights.numbers.LittleEndian;
import dev.kvasir.engine.weights.tensor.MappedFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the header of a GGUF file from its start on; every step is checked against the file's end
 * (github.com/ggml-org/ggml, docs/gguf.md).
 */
final class GgufReader {
  private static final int UINT8 = 0;
  private static final int INT8 = 1;
  private static final int UINT16 = 2;
  private static final int INT16 = 3;
  private static final int UINT32 = 4;
  private static final int INT32 = 5;
  private static final int FLOAT32 = 6;
  private static final int BOOL = 7;
  private static final int STRING = 8;
  private static final int ARRAY = 9;
  private static final int UINT64 = 10;
  private static final int INT64 = 11;
  private static final int FLOAT64 = 12;

  private final MappedFile file;
  private final byte[] word = new byte[8];
  private long position;

  GgufReader(MappedFile file) {
    this.file = file;
  }

  long position() {
    return position;
  }

  int uint32() {
    take(4);
    return LittleEndian.intAt(word, 0);
  }

  /** A count or an offset: not negative. */
  long uint64() {
    take(8);
    long value = LittleEndian.longAt(word, 0);
    if (value < 0) {
      throw broken("has a number of 64 bits at byte " + (position - 8));
    }
    return value;
  }

  String string() {
    long length = uint64();
    checkLeft(length);
    byte[] utf8 = new byte[Math.toIntExact(length)];
    file.get(position, utf8, utf8.length);
    position += length;
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /**
   * A metadata value with its type: Long, Double, Boolean, String, or a list of strings or of
   * doubles (bytes and truth values among them as numbers).
   */
  Object value() {
    int type = uint32();
    return type == ARRAY ? array() : scalar(type);
  }

  private Object scalar(int type) {
    return switch (type) {
      case STRING -> string();
      case BOOL -> number(BOOL) != 0;
      case FLOAT32, FLOAT64 -> number(type);
      case UINT64, INT64 -> {
        take(8);
        yield LittleEndian.longAt(word, 0);
      }
      default -> (long) number(type);
    };
  }

  private Object array() {
    int type = uint32();
    long count = uint64();
    if (type == STRING) {
      return strings(count);
    }
    checkLeft(count, bytes(type));
    double[] numbers = new double[(int) count];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(type);
    }
    return numbers;
  }

  private List<String> strings(long count) {
    checkLeft(count, 8);
    List<String> strings = new ArrayList<>((int) count);
    for (long i = 0; i < count; i++) {
      strings.add(string());
    }
    return strings;
  }

  private double number(int type) {
    take(bytes(type));
    return switch (type) {
      case UINT8, BOOL -> word[0] & 0xFF;
      case INT8 -> word[0];
      case UINT16 -> LittleEndian.shortAt(word, 0) & 0xFFFF;
      case INT16 -> LittleEndian.shortAt(word, 0);
      case UINT32 -> Integer.toUnsignedLong(LittleEndian.intAt(word, 0));
      case INT32 -> LittleEndian.intAt(word, 0);
      case FLOAT32 -> Float.intBitsToFloat(LittleEndian.intAt(word, 0));
      case UINT64, INT64 -> LittleEndian.longAt(word, 0);
      case FLOAT64 -> Double.longBitsToDouble(LittleEndian.longAt(word, 0));
      default -> throw broken("has metadata of unknown type " + type);
    };
  }

  private int bytes(int type) {
    return switch (type) {
      case UINT8, INT8, BOOL -> 1;
      case UINT16, INT16 -> 2;
      case UINT32, INT32, FLOAT32 -> 4;
      case UINT64, INT64, FLOAT64 -> 8;
      default -> throw broken("has metadata of unknown type " + type);
    };
  }

  private void take(int bytes) {
    checkLeft(bytes);
    file.get(position, word, bytes);
    position += bytes;
  }

  private void checkLeft(long count, int bytes) {
    checkLeft(count > Integer.MAX_VALUE ? Long.MAX_VALUE : count * bytes);
  }

  private void checkLeft(long bytes) {
    long left = file.sizeBytes() - position;
    if (bytes > left || bytes > Integer.MAX_VALUE) {
      throw broken(
          "is cut off: its header goes on for %d bytes at byte %d, but the file has %d left"
              .formatted(bytes, position, left));
    }
  }

  private ModelLoadException broken(String what) {
    return new ModelLoadException(file.path() + " " + what);
  }
}
