package dev.kvasir.engine.weights.huggingface;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.kvasir.engine.weights.TestingLlama;
import dev.kvasir.engine.weights.TestingTensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/** Writes a Hugging Face folder that a test may then break. */
final class TestingFolder {
  static final String CONFIG =
      """
      {"model_type": "llama", "hidden_act": "silu", "hidden_size": 64, "num_attention_heads": 4,
       "num_key_value_heads": 2, "num_hidden_layers": 2, "intermediate_size": 96,
       "vocab_size": 12, "max_position_embeddings": 128, "rms_norm_eps": 1e-5,
       "rope_theta": 10000.0, "tie_word_embeddings": false, "eos_token_id": 2}
      """;

  private final Path folder;

  private TestingFolder(Path folder) {
    this.folder = folder;
  }

  /** Config and text side, no weights. */
  static TestingFolder create(Path parent) throws IOException {
    Path folder = Files.createDirectories(parent.resolve("small"));
    TestingFolder testing = new TestingFolder(folder);
    testing.write("config.json", CONFIG);
    testing.write("tokenizer.json", "{\"model\": {}}");
    testing.write("tokenizer_config.json", "{\"bos_token\": {\"content\": \"<s>\"}}");
    return testing;
  }

  /** A whole model in one file of F32. */
  static TestingFolder complete(Path parent) throws IOException {
    return create(parent).weights("model.safetensors", TestingLlama.tensors());
  }

  Path path() {
    return folder;
  }

  TestingFolder write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
    return this;
  }

  /** Replaces a part of config.json that must be there. */
  TestingFolder config(String part, String replacement) throws IOException {
    if (!CONFIG.contains(part)) {
      throw new IllegalArgumentException("config.json has no " + part);
    }
    return write("config.json", CONFIG.replace(part, replacement));
  }

  TestingFolder weights(String file, Map<String, TestingTensor> tensors) throws IOException {
    return weights(file, "F32", TestingTensor::f32, tensors);
  }

  TestingFolder weights(
      String file,
      String dtype,
      Function<TestingTensor, byte[]> format,
      Map<String, TestingTensor> tensors)
      throws IOException {
    JsonObject header = new JsonObject();
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (Map.Entry<String, TestingTensor> tensor : tensors.entrySet()) {
      byte[] bytes = format.apply(tensor.getValue());
      header.add(
          tensor.getKey(), entry(dtype, tensor.getValue().shape(), data.size(), bytes.length));
      data.writeBytes(bytes);
    }
    return raw(file, header.toString(), data.toByteArray());
  }

  TestingFolder raw(String file, String header, byte[] data) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json).put(data);
    Files.write(folder.resolve(file), bytes.array());
    return this;
  }

  private static JsonObject entry(String dtype, long[] shape, int begin, int length) {
    JsonObject entry = new JsonObject();
    entry.addProperty("dtype", dtype);
    JsonArray dimensions = new JsonArray();
    for (long dimension : shape) {
      dimensions.add(dimension);
    }
    entry.add("shape", dimensions);
    JsonArray offsets = new JsonArray();
    offsets.add(begin);
    offsets.add(begin + length);
    entry.add("data_offsets", offsets);
    return entry;
  }
}
