package dev.kvasir.engine.weights.gguf;

import dev.kvasir.engine.weights.TestingLlama;
import dev.kvasir.engine.weights.TestingTensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;

/** Writes a GGUF file, as a test wants it: whole, or broken at one place. */
final class TestingGguf {
  private static final int ALIGNMENT = 32;

  private final Map<String, Object> metadata = new LinkedHashMap<>();
  private final Map<String, Stored> tensors = new LinkedHashMap<>();
  private int version = 3;
  private LongUnaryOperator offsets = offset -> offset;

  /** A tensor's bytes; shape outermost first. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Stored(int type, long[] shape, byte[] bytes) {}

  /** {@link TestingLlama} with F32 weights and a byte-level tokenizer. */
  static TestingGguf llama() {
    TestingGguf gguf = new TestingGguf();
    gguf.put("general.architecture", "llama")
        .put("llama.block_count", 2)
        .put("llama.embedding_length", 64)
        .put("llama.attention.head_count", 4)
        .put("llama.attention.head_count_kv", 2)
        .put("llama.feed_forward_length", 96)
        .put("llama.context_length", 128)
        .put("llama.attention.layer_norm_rms_epsilon", 1e-5f)
        .put("llama.rope.freq_base", 10_000f)
        .put("tokenizer.ggml.model", "gpt2")
        .put("tokenizer.ggml.pre", "gpt-2")
        .put(
            "tokenizer.ggml.tokens",
            List.of("<pad>", "<s>", "</s>", "a", "b", "c", "d", "e", "f", "g", "ab", "abc"))
        .put("tokenizer.ggml.token_type", new int[] {3, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1})
        .put("tokenizer.ggml.merges", List.of("a b", "ab c"))
        .put("tokenizer.ggml.bos_token_id", 1)
        .put("tokenizer.ggml.eos_token_id", 2);
    TestingLlama.tensors()
        .forEach((name, tensor) -> gguf.tensor(llamaCppName(name), 0, turned(name, tensor)));
    return gguf;
  }

  TestingGguf version(int newVersion) {
    version = newVersion;
    return this;
  }

  /** An int, a float, a boolean, a text, a list of texts, or an array of ints or floats. */
  TestingGguf put(String key, Object value) {
    metadata.put(key, value);
    return this;
  }

  TestingGguf without(String keyOrTensor) {
    if (metadata.remove(keyOrTensor) == null && tensors.remove(keyOrTensor) == null) {
      throw new IllegalArgumentException("there is no " + keyOrTensor);
    }
    return this;
  }

  TestingGguf tensor(String name, int type, TestingTensor tensor) {
    return tensor(name, new Stored(type, tensor.shape(), tensor.f32()));
  }

  TestingGguf tensor(String name, Stored stored) {
    tensors.put(name, stored);
    return this;
  }

  /** Makes the header tell other offsets than those where the data are. */
  TestingGguf offsets(LongUnaryOperator told) {
    offsets = told;
    return this;
  }

  Path write(Path file) throws IOException {
    return Files.write(file, bytes());
  }

  byte[] bytes() {
    Output header = new Output();
    Output data = new Output();
    header.bytes.writeBytes("GGUF".getBytes(StandardCharsets.UTF_8));
    header.int32(version).int64(tensors.size()).int64(metadata.size());
    metadata.forEach((key, value) -> header.text(key).value(value));
    tensors.forEach(
        (name, stored) -> {
          header.text(name).int32(stored.shape.length);
          for (int i = stored.shape.length - 1; i >= 0; i--) {
            header.int64(stored.shape[i]);
          }
          header.int32(stored.type).int64(offsets.applyAsLong(data.bytes.size()));
          data.bytes.writeBytes(stored.bytes);
          data.pad();
        });
    header.pad();
    header.bytes.writeBytes(data.bytes.toByteArray());
    return header.bytes.toByteArray();
  }

  private static String llamaCppName(String name) {
    return switch (name) {
      case "model.embed_tokens.weight" -> "token_embd.weight";
      case "model.norm.weight" -> "output_norm.weight";
      case "lm_head.weight" -> "output.weight";
      default ->
          name.replace("model.layers.", "blk.")
              .replace("input_layernorm", "attn_norm")
              .replace("post_attention_layernorm", "ffn_norm")
              .replace("self_attn.o_proj", "attn_output")
              .replaceFirst("self_attn\\.([qkv])_proj", "attn_$1")
              .replaceFirst("mlp\\.(gate|up|down)_proj", "ffn_$1");
    };
  }

  /**
   * Rows of q and k as llama.cpp's converter moves them: (heads, 2, 8, columns) to (.., 8, 2, ..).
   */
  private static TestingTensor turned(String name, TestingTensor tensor) {
    if (!name.matches(".*self_attn\\.[qk]_proj.*")) {
      return tensor;
    }
    int columns = (int) tensor.shape()[1];
    float[] turned = new float[tensor.numbers().length];
    for (int head = 0; head < tensor.shape()[0] / 16; head++) {
      for (int half = 0; half < 2; half++) {
        for (int pair = 0; pair < 8; pair++) {
          int from = head * 16 + half * 8 + pair;
          int to = head * 16 + pair * 2 + half;
          System.arraycopy(tensor.numbers(), from * columns, turned, to * columns, columns);
        }
      }
    }
    return new TestingTensor(tensor.shape(), turned);
  }

  private static final class Output {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Output int32(int value) {
      bytes.writeBytes(little(4).putInt(value).array());
      return this;
    }

    Output int64(long value) {
      bytes.writeBytes(little(8).putLong(value).array());
      return this;
    }

    Output text(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      int64(utf8.length).bytes.writeBytes(utf8);
      return this;
    }

    void value(Object value) {
      if (value instanceof Integer number) {
        int32(4).int32(number);
      } else if (value instanceof Float number) {
        int32(6).int32(Float.floatToRawIntBits(number));
      } else if (value instanceof Boolean flag) {
        int32(7).bytes.write(flag ? 1 : 0);
      } else if (value instanceof String text) {
        int32(8).text(text);
      } else if (value instanceof List<?> texts) {
        int32(9).int32(8).int64(texts.size());
        texts.forEach(text -> text((String) text));
      } else if (value instanceof int[] numbers) {
        int32(9).int32(5).int64(numbers.length);
        for (int number : numbers) {
          int32(number);
        }
      } else if (value instanceof float[] numbers) {
        int32(9).int32(6).int64(numbers.length);
        for (float number : numbers) {
          int32(Float.floatToRawIntBits(number));
        }
      } else {
        throw new IllegalArgumentException("no metadata can be " + value);
      }
    }

    void pad() {
      while (bytes.size() % ALIGNMENT != 0) {
        bytes.write(0);
      }
    }

    private static ByteBuffer little(int size) {
      return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
  }
}
