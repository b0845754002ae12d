package dev.kvasir.bench.engine;

import dev.kvasir.engine.weights.Checkpoint;
import dev.kvasir.engine.weights.LlamaConfig;
import dev.kvasir.engine.weights.NumberType;
import dev.kvasir.engine.weights.Rope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a model as a GGUF file in bfloat16, without a tokenizer: who reads it is given token ids
 * (github.com/ggml-org/ggml, docs/gguf.md).
 */
final class GgufWriter {
  private static final int VERSION = 3;
  private static final int ALIGNMENT = 32;
  private static final int TYPE_UINT32 = 4;
  private static final int TYPE_FLOAT32 = 6;
  private static final int TYPE_STRING = 8;
  private static final int TENSOR_F32 = 0;
  private static final int TENSOR_BF16 = 30;
  private static final String ROPE_DIVISORS = "rope_freqs.weight"; // (headSize / 2)

  private final ByteArrayOutputStream header = new ByteArrayOutputStream();
  private long dataBytes;

  private GgufWriter() {}

  /** Writes {@code model.gguf} into a folder and gives its path. */
  static Path write(Checkpoint checkpoint, Path folder) throws IOException {
    Path file = folder.resolve("model.gguf");
    try (OutputStream out = Files.newOutputStream(file)) {
      new GgufWriter().write(checkpoint, out);
    }
    return file;
  }

  private void write(Checkpoint checkpoint, OutputStream out) throws IOException {
    LlamaConfig model = checkpoint.config();
    List<Weight> weights = Weight.of(model);
    Map<String, Object> metadata = metadata(model);
    header.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
    int32(VERSION);
    int64(weights.size() + (stretches(model) ? 1 : 0));
    int64(metadata.size());
    metadata.forEach(this::keyAndValue);
    byte[] divisors = ropeDivisors(model);
    if (stretches(model)) {
      tensor(ROPE_DIVISORS, TENSOR_F32, new long[] {model.headSize() / 2}, divisors.length);
    }
    for (Weight weight : weights) {
      int type = weight.type() == NumberType.F32 ? TENSOR_F32 : TENSOR_BF16;
      tensor(weight.ggufName(), type, checkpoint.shape(weight.name()), weight.bytes(checkpoint));
    }
    writePadded(out, header.toByteArray());
    if (stretches(model)) {
      writePadded(out, divisors);
    }
    for (Weight weight : weights) {
      byte[] numbers = weight.read(checkpoint).array();
      writePadded(out, weight.isTurned() ? interleaved(numbers, checkpoint, weight) : numbers);
    }
  }

  private static Map<String, Object> metadata(LlamaConfig model) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("general.architecture", "llama");
    metadata.put("general.alignment", ALIGNMENT);
    metadata.put("llama.block_count", model.layers());
    metadata.put("llama.context_length", model.contextTokens());
    metadata.put("llama.embedding_length", model.hiddenSize());
    metadata.put("llama.feed_forward_length", model.intermediateSize());
    metadata.put("llama.vocab_size", model.vocabularySize());
    metadata.put("llama.attention.head_count", model.heads());
    metadata.put("llama.attention.head_count_kv", model.kvHeads());
    metadata.put("llama.attention.key_length", model.headSize());
    metadata.put("llama.attention.value_length", model.headSize());
    metadata.put("llama.attention.layer_norm_rms_epsilon", model.rmsEpsilon());
    metadata.put("llama.rope.dimension_count", model.headSize());
    metadata.put("llama.rope.freq_base", (float) model.rope().theta());
    metadata.put("tokenizer.ggml.model", "no_vocab");
    return metadata;
  }

  private static boolean stretches(LlamaConfig model) {
    return !(model.rope().scaling() instanceof Rope.Scaling.None);
  }

  /** By what the frequencies of plain RoPE are divided: all scalings in one form. */
  private static byte[] ropeDivisors(LlamaConfig model) {
    double[] frequencies = model.rope().frequencies(model.headSize());
    byte[] divisors = new byte[frequencies.length * Float.BYTES];
    ByteBuffer out = ByteBuffer.wrap(divisors).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < frequencies.length; i++) {
      double plain = Math.pow(model.rope().theta(), -2.0 * i / model.headSize());
      out.putFloat((float) (plain / frequencies[i]));
    }
    return divisors;
  }

  /** Rows of each head from halves to pairs: row j * headSize/2 + i becomes row 2 * i + j. */
  private static byte[] interleaved(byte[] rows, Checkpoint checkpoint, Weight weight) {
    int half = checkpoint.config().headSize() / 2;
    int rowBytes = Math.toIntExact(checkpoint.shape(weight.name())[1] * weight.type().bytes());
    byte[] turned = new byte[rows.length];
    for (int row = 0; row < rows.length / rowBytes; row++) {
      int within = row % (2 * half);
      int to = row - within + 2 * (within % half) + within / half;
      System.arraycopy(rows, row * rowBytes, turned, to * rowBytes, rowBytes);
    }
    return turned;
  }

  private void keyAndValue(String key, Object value) {
    text(key);
    if (value instanceof Integer number) {
      int32(TYPE_UINT32);
      int32(number);
    } else if (value instanceof Float number) {
      int32(TYPE_FLOAT32);
      int32(Float.floatToIntBits(number));
    } else {
      int32(TYPE_STRING);
      text(value.toString());
    }
  }

  private void tensor(String name, int type, long[] shape, long bytes) {
    text(name);
    int32(shape.length);
    for (int i = shape.length - 1; i >= 0; i--) {
      int64(shape[i]); // the innermost first
    }
    int32(type);
    int64(dataBytes);
    dataBytes += (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  private static void writePadded(OutputStream out, byte[] bytes) throws IOException {
    out.write(bytes);
    out.write(new byte[Math.floorMod(-bytes.length, ALIGNMENT)]);
  }

  private void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int64(utf8.length);
    header.writeBytes(utf8);
  }

  private void int32(int value) {
    header.writeBytes(little(Integer.BYTES).putInt(value).array());
  }

  private void int64(long value) {
    header.writeBytes(little(Long.BYTES).putLong(value).array());
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
