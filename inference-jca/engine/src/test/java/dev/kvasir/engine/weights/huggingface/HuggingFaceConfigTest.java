package dev.kvasir.engine.weights.huggingface;

import static dev.kvasir.engine.weights.TestingRefusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.engine.weights.Rope;
import dev.kvasir.engine.weights.Rope.Scaling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HuggingFaceConfigTest {
  private static final String THETA = "\"rope_theta\": 10000.0";
  private static final String LLAMA3 =
      """
      "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
      "original_max_position_embeddings": 8192\
      """;

  @TempDir Path temporary;

  @Test
  void read_ropeInAllItsForms_isUnderstood() throws IOException {
    Scaling llama3 = new Scaling.Llama3(8, 1, 4, 8192);
    assertRope(10_000, new Scaling.None(), "\"x\": 1");
    assertRope(5e5, new Scaling.None(), "\"rope_theta\": 500000, \"rope_scaling\": null");
    assertRope(
        5e5,
        llama3,
        "\"rope_theta\": 5e5, \"rope_scaling\": {\"rope_type\": \"llama3\", " + LLAMA3 + "}");
    assertRope(
        10_000,
        new Scaling.Linear(2.5),
        "\"rope_scaling\": {\"type\": \"linear\", \"factor\": 2.5}");
    assertRope(
        1e5,
        new Scaling.None(),
        "\"rope_parameters\": {\"rope_theta\": 1e5, \"rope_type\": \"default\"}");
    assertRope(
        5e5,
        llama3,
        "\"rope_parameters\": {\"rope_theta\": 5e5, \"rope_type\": \"llama3\", " + LLAMA3 + "}");
  }

  @Test
  void read_headSize_isGivenOrDerived() throws IOException {
    TestingFolder folder = TestingFolder.create(temporary);
    assertEquals(16, HuggingFaceConfig.read(folder.path()).headSize());
    folder.config(THETA, "\"head_dim\": 32");
    assertEquals(32, HuggingFaceConfig.read(folder.path()).headSize());
    folder.config("\"num_key_value_heads\": 2,", "");
    assertEquals(4, HuggingFaceConfig.read(folder.path()).kvHeads());
  }

  @Test
  void read_endTokens_comeFromBothFiles() throws IOException {
    TestingFolder folder = TestingFolder.create(temporary);
    folder.config("\"eos_token_id\": 2", "\"eos_token_id\": [3, 4]");
    folder.write("generation_config.json", "{\"eos_token_id\": [4, 7]}");
    assertEquals(Set.of(3, 4, 7), HuggingFaceConfig.read(folder.path()).eosTokenIds());
    folder.config(", \"eos_token_id\": 2", "");
    folder.write("generation_config.json", "{\"eos_token_id\": 5}");
    assertEquals(Set.of(5), HuggingFaceConfig.read(folder.path()).eosTokenIds());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"model_type\": \"llama\"; \"model_type\": \"mistral\"; model_type is mistral",
        "\"model_type\": \"llama\"; \"x\": 1; model_type is missing",
        "\"hidden_act\": \"silu\"; \"hidden_act\": \"gelu\"; hidden_act is gelu",
        "\"hidden_act\": \"silu\"; \"attention_bias\": true; attention_bias is true",
        "\"hidden_act\": \"silu\"; \"mlp_bias\": true; mlp_bias is true",
        "\"hidden_act\": \"silu\"; \"quantization_config\": {}; quantization_config",
        "\"hidden_act\": \"silu\"; \"partial_rotary_factor\": 0.5; partial_rotary_factor",
        "\"hidden_size\": 64,; ''; hidden_size is missing",
        "\"hidden_size\": 64; \"hidden_size\": \"64\"; hidden_size is \"64\"",
        "\"hidden_size\": 64; \"hidden_size\": 64.5; hidden_size is 64.5",
        "\"hidden_size\": 64; \"hidden_size\": 1e12; hidden_size is 1e12",
        "\"hidden_size\": 64; \"hidden_size\": 66; 66 is no multiple of 4 heads",
        "\"num_attention_heads\": 4; \"num_attention_heads\": 0; 0 heads",
        "\"num_hidden_layers\": 2; \"num_hidden_layers\": -1; layers is -1",
        "\"num_hidden_layers\": 2; \"num_hidden_layers\": 2000000000; model.layers.2.",
        "\"num_key_value_heads\": 2; \"num_key_value_heads\": 3; 4 heads cannot share 3 K/V heads",
        "\"vocab_size\": 12; \"vocab_size\": 2; end token 2",
        "\"rms_norm_eps\": 1e-5; \"rms_norm_eps\": -1; RMS epsilon is -1",
        "\"rms_norm_eps\": 1e-5; \"rms_norm_eps\": true; rms_norm_eps is true",
        "\"rope_theta\": 10000.0; \"rope_theta\": 0; theta is 0",
        "\"rope_theta\": 10000.0; \"rope_scaling\": {\"type\": \"yarn\"}; scaled by yarn",
        "\"rope_theta\": 10000.0; \"rope_scaling\": {\"type\": \"linear\"}; factor is missing",
        "\"rope_theta\": 10000.0; \"rope_scaling\": 3; rope_scaling is 3",
        "\"eos_token_id\": 2; \"eos_token_id\": \"x\"; eos_token_id is \"x\"",
        "\"tie_word_embeddings\": false; \"tie_word_embeddings\": 1; tie_word_embeddings is 1",
      })
  void open_badConfig_isRefusedByKey(String part, String replacement, String expected)
      throws IOException {
    Path folder = TestingFolder.complete(temporary).config(part, replacement).path();
    assertRefused(folder, "small", expected);
  }

  @Test
  void open_configThatIsNoJson_isRefused() throws IOException {
    TestingFolder folder = TestingFolder.complete(temporary);
    assertRefused(folder.write("config.json", "{\"model_type\": ").path(), "config.json");
    assertRefused(folder.write("config.json", "").path(), "config.json");
    assertRefused(folder.write("config.json", "[]").path(), "config.json", "JSON object");
  }

  @Test
  void llama3_factorsOutOfOrder_areRefused() {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> new Scaling.Llama3(8, 4, 1, 8192));
    assertTrue(String.valueOf(refusal.getMessage()).contains("above the low one"));
  }

  private void assertRope(double theta, Scaling scaling, String fields) throws IOException {
    Path folder = TestingFolder.create(temporary).config(THETA, fields).path();
    assertEquals(new Rope(theta, scaling), HuggingFaceConfig.read(folder).rope());
  }
}
