package dev.kvasir.engine.weights.huggingface;

import static dev.kvasir.engine.weights.TestingRefusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.engine.weights.Checkpoint;
import dev.kvasir.engine.weights.TestingCheckpoints;
import dev.kvasir.engine.weights.TestingLlama;
import dev.kvasir.engine.weights.TestingTensor;
import dev.kvasir.engine.weights.TextAssets;
import dev.kvasir.engine.weights.load.Checkpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights of a Hugging Face folder, whole and broken. */
class HuggingFaceFolderTest {
  private static final String Q_PROJ = "model.layers.1.self_attn.q_proj.weight";

  @TempDir Path temporary;

  @Test
  void open_threeFormats_giveTheSameNumbers() throws IOException {
    Map<String, TestingTensor> tensors = TestingLlama.tensors();
    TestingFolder folder = TestingFolder.create(temporary);
    TestingCheckpoints.assertHolds(tensors, folder.weights("model.safetensors", tensors).path());
    TestingCheckpoints.assertHolds(
        tensors, folder.weights("model.safetensors", "BF16", TestingTensor::bf16, tensors).path());
    TestingCheckpoints.assertHolds(
        tensors, folder.weights("model.safetensors", "F16", TestingTensor::f16, tensors).path());
  }

  @Test
  void open_shards_giveTheSameNumbers() throws IOException {
    Map<String, TestingTensor> tensors = TestingLlama.tensors();
    TestingCheckpoints.assertHolds(tensors, sharded(tensors).path());
  }

  @Test
  void open_text_isTakenFromTheFolder() throws IOException {
    Path folder = TestingFolder.complete(temporary).write("chat_template.jinja", "{{ 1 }}").path();
    try (Checkpoint checkpoint = Checkpoints.open(folder)) {
      assertEquals(new TextAssets("{\"model\": {}}", "{{ 1 }}", "<s>", ""), checkpoint.text());
    }
  }

  @Test
  void open_namedTemplates_takesTheDefault() throws IOException {
    Path folder =
        TestingFolder.complete(temporary)
            .write(
                "tokenizer_config.json",
                """
                {"chat_template": [{"name": "tool_use", "template": "x"},
                                   {"name": "default", "template": "y"}]}\
                """)
            .path();
    try (Checkpoint checkpoint = Checkpoints.open(folder)) {
      assertEquals("y", checkpoint.text().chatTemplate());
    }
  }

  @Test
  void open_missingTensor_isRefusedByName() throws IOException {
    Map<String, TestingTensor> tensors = TestingLlama.tensors();
    tensors.remove(Q_PROJ);
    Path folder = TestingFolder.create(temporary).weights("model.safetensors", tensors).path();
    assertRefused(folder, "small", Q_PROJ, "missing", "[64, 64]");
  }

  @Test
  void open_wrongShape_isRefusedWithBothShapes() throws IOException {
    Map<String, TestingTensor> tensors = TestingLlama.tensors();
    tensors.put(Q_PROJ, new TestingTensor(new long[] {32, 64}, new float[32 * 64]));
    Path folder = TestingFolder.create(temporary).weights("model.safetensors", tensors).path();
    assertRefused(folder, Q_PROJ, "[32, 64]", "[64, 64]");
  }

  @Test
  void open_bias_isRefused() throws IOException {
    Map<String, TestingTensor> tensors = TestingLlama.tensors();
    String bias = "model.layers.0.self_attn.q_proj.bias";
    tensors.put(bias, new TestingTensor(new long[] {64}, new float[64]));
    Path folder = TestingFolder.create(temporary).weights("model.safetensors", tensors).path();
    assertRefused(folder, bias, "without");
  }

  @Test
  void open_truncatedFile_isRefusedWithTensorAndSize() throws IOException {
    Path folder = TestingFolder.complete(temporary).path();
    Path file = folder.resolve("model.safetensors");
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));
    assertRefused(folder, "model.safetensors", "lm_head.weight", "cut off");
    Files.write(file, Arrays.copyOf(whole, 100));
    assertRefused(folder, "model.safetensors", "cut off");
    Files.write(file, new byte[3]);
    assertRefused(folder, "model.safetensors", "3 bytes");
  }

  @Test
  void open_brokenHeaders_areRefused() throws IOException {
    TestingFolder folder = TestingFolder.create(temporary);
    String file = "model.safetensors";
    byte[] data = new byte[64];
    assertRefused(folder.raw(file, "no JSON", data).path(), file);
    assertRefused(folder.raw(file, "[1]", data).path(), file, "not a JSON object");
    assertRefused(folder.raw(file, "{\"a\": 1}", data).path(), "a is 1", "an object");
    assertRefused(folder.raw(file, entry("F8_E4M3", "[8]", "[0, 8]"), data).path(), "F8_E4M3");
    assertRefused(folder.raw(file, entry("F32", "[8]", "[0, 8]"), data).path(), "needs 32 bytes");
    assertRefused(folder.raw(file, entry("F32", "[8]", "[48, 80]"), data).path(), "cut off");
    assertRefused(folder.raw(file, entry("F32", "[8]", "[-32, 0]"), data).path(), "data_offsets");
    assertRefused(folder.raw(file, entry("F32", "[8]", "[0]"), data).path(), "data_offsets");
    assertRefused(folder.raw(file, entry("F32", "[8]", "7"), data).path(), "data_offsets");
    assertRefused(folder.raw(file, entry("F32", "[0]", "[0, 0]"), data).path(), "shape [0]");
    assertRefused(folder.raw(file, entry("F32", "[]", "[0, 4]"), data).path(), "shape []");
    assertRefused(
        folder.raw(file, entry("F32", "[4611686018427387904, 8]", "[0, 0]"), data).path(),
        "4611686018427387904");
    assertRefused(folder.raw(file, entry("F32", "[1.5]", "[0, 6]"), data).path(), "[1.5]");
  }

  @Test
  void open_tensorsOverEachOther_areRefused() throws IOException {
    String header =
        """
        {"a": {"dtype": "F32", "shape": [8], "data_offsets": [0, 32]},
         "b": {"dtype": "F32", "shape": [8], "data_offsets": [28, 60]}}\
        """;
    Path folder =
        TestingFolder.create(temporary).raw("model.safetensors", header, new byte[64]).path();
    assertRefused(folder, "tensor b lies over tensor a");
  }

  @Test
  void open_brokenIndex_isRefused() throws IOException {
    TestingFolder folder = sharded(TestingLlama.tensors());
    String index = "model.safetensors.index.json";
    assertRefused(folder.write(index, "{}").path(), index, "weight_map is missing");
    assertRefused(
        folder.write(index, "{\"weight_map\": {\"a\": \"../elsewhere\"}}").path(), "elsewhere");
    assertRefused(
        folder.write(index, "{\"weight_map\": {\"a\": \"gone.safetensors\"}}").path(), "gone");
    assertRefused(
        folder.write(index, "{\"weight_map\": {\"a\": \"part-1.safetensors\"}}").path(),
        "part-1.safetensors",
        "tensor a is missing");
  }

  @Test
  void open_missingFiles_areRefusedByName() throws IOException {
    TestingFolder folder = TestingFolder.create(temporary);
    assertRefused(folder.path(), "model.safetensors", "index");
    for (String file : new String[] {"tokenizer.json", "config.json"}) {
      Files.delete(folder.path().resolve(file));
      assertRefused(folder.path(), file);
    }
    assertRefused(temporary.resolve("nowhere"), "nowhere", "does not exist");
  }

  @Test
  void open_brokenTextSide_isRefused() throws IOException {
    TestingFolder folder = TestingFolder.complete(temporary);
    assertRefused(folder.write("tokenizer.json", "{\"mod").path(), "tokenizer.json");
    assertRefused(folder.write("tokenizer.json", "{}").path(), "tokenizer.json", "model");
    folder.write("tokenizer.json", "{\"model\": {}}");
    assertRefused(
        folder.write("tokenizer_config.json", "{\"chat_template\": 7}").path(), "chat_template");
    assertRefused(
        folder.write("tokenizer_config.json", "{\"chat_template\": []}").path(), "chat_template");
  }

  private TestingFolder sharded(Map<String, TestingTensor> tensors) throws IOException {
    Map<String, TestingTensor> first = new LinkedHashMap<>();
    Map<String, TestingTensor> second = new LinkedHashMap<>();
    StringBuilder index = new StringBuilder("{\"weight_map\": {");
    tensors.forEach(
        (name, tensor) -> {
          boolean isFirst = name.hashCode() % 2 == 0;
          (isFirst ? first : second).put(name, tensor);
          index.append(index.length() > 16 ? "," : "").append('"').append(name);
          index.append("\": \"part-").append(isFirst ? 1 : 2).append(".safetensors\"");
        });
    return TestingFolder.create(temporary)
        .weights("part-1.safetensors", first)
        .weights("part-2.safetensors", second)
        .write("model.safetensors.index.json", index.append("}}").toString());
  }

  private static String entry(String dtype, String shape, String offsets) {
    return "{\"a\": {\"dtype\": \"%s\", \"shape\": %s, \"data_offsets\": %s}}"
        .formatted(dtype, shape, offsets);
  }
}
