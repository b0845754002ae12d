package dev.kvasir.bench.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Puts a vocabulary into a GGUF file that says it has none: the engine reads no file without. The
 * metadata grow by a multiple of the alignment, so the tensors' offsets stay true.
 */
final class TestingVocabulary {
  private static final int COUNT_AT = 16; // magic, version, number of tensors
  private static final int ALIGNMENT = 32;
  private static final int TEXT = 8;
  private static final int LIST = 9;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private TestingVocabulary() {}

  /** Changes the file, and gives its path. */
  static Path into(Path gguf) throws IOException {
    byte[] file = Files.readAllBytes(gguf);
    byte[] none = new TestingVocabulary().text("tokenizer.ggml.model", "no_vocab").toByteArray();
    byte[] some =
        new TestingVocabulary()
            .text("tokenizer.ggml.model", "gpt2")
            .texts("tokenizer.ggml.tokens", List.of("a", "b", "ab"))
            .texts("tokenizer.ggml.merges", List.of("a b"))
            .filledUpTo(none.length)
            .toByteArray();
    int at = indexOf(none, file);
    ByteBuffer changed =
        ByteBuffer.allocate(file.length - none.length + some.length).order(ByteOrder.LITTLE_ENDIAN);
    changed.put(file, 0, at).put(some).put(file, at + none.length, file.length - at - none.length);
    changed.putLong(COUNT_AT, changed.getLong(COUNT_AT) + 3);
    return Files.write(gguf, changed.array());
  }

  private static int indexOf(byte[] part, byte[] whole) {
    int at = 0;
    while (!ByteBuffer.wrap(whole, at, part.length).equals(ByteBuffer.wrap(part))) {
      at++;
    }
    return at;
  }

  private TestingVocabulary text(String key, String value) {
    return string(key).int32(TEXT).string(value);
  }

  private TestingVocabulary texts(String key, List<String> values) {
    string(key).int32(LIST).int32(TEXT).int64(values.size());
    values.forEach(this::string);
    return this;
  }

  /** One more entry, so long that all differs from what it replaces by whole alignments. */
  private TestingVocabulary filledUpTo(int replacedBytes) {
    int entryBytes = new TestingVocabulary().text("filler", "").bytes.size();
    int missing = Math.floorMod(replacedBytes - bytes.size() - entryBytes, ALIGNMENT);
    return text("filler", "x".repeat(missing));
  }

  private TestingVocabulary string(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int64(utf8.length).bytes.writeBytes(utf8);
    return this;
  }

  private TestingVocabulary int32(int value) {
    bytes.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
    return this;
  }

  private TestingVocabulary int64(long value) {
    bytes.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
    return this;
  }

  private byte[] toByteArray() {
    return bytes.toByteArray();
  }
}
