package dev.kvasir.engine.weights.gguf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GgufNamesTest {
  @ParameterizedTest
  @CsvSource({
    "model.embed_tokens.weight, token_embd.weight, false",
    "model.layers.0.input_layernorm.weight, blk.0.attn_norm.weight, false",
    "model.layers.12.self_attn.q_proj.weight, blk.12.attn_q.weight, true",
    "model.layers.12.self_attn.k_proj.weight, blk.12.attn_k.weight, true",
    "model.layers.12.self_attn.v_proj.weight, blk.12.attn_v.weight, false",
    "model.layers.12.self_attn.o_proj.weight, blk.12.attn_output.weight, false",
    "model.layers.3.post_attention_layernorm.weight, blk.3.ffn_norm.weight, false",
    "model.layers.3.mlp.gate_proj.weight, blk.3.ffn_gate.weight, false",
    "model.layers.3.mlp.up_proj.weight, blk.3.ffn_up.weight, false",
    "model.layers.3.mlp.down_proj.weight, blk.3.ffn_down.weight, false",
    "model.norm.weight, output_norm.weight, false",
    "lm_head.weight, output.weight, false",
  })
  void ofHuggingFace_tensorOfALlama_isLlamaCppsName(String name, String expected, boolean turned) {
    assertEquals(expected, GgufNames.ofHuggingFace(name));
    assertEquals(turned, GgufNames.isTurned(name));
  }

  @Test
  void ofHuggingFace_otherTensor_isRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> GgufNames.ofHuggingFace("model.layers.0.self_attn.q_norm.weight"));
    assertThrows(IllegalArgumentException.class, () -> GgufNames.ofHuggingFace("visual.weight"));
  }
}
