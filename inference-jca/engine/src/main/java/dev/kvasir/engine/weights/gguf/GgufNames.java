package dev.kvasir.engine.weights.gguf;

import dev.kvasir.engine.weights.LlamaConfig;
import dev.kvasir.engine.weights.tensor.LlamaTensors;
import dev.kvasir.engine.weights.tensor.RowOrder;
import dev.kvasir.engine.weights.tensor.StoredTensor;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From llama.cpp's tensor names and row orders to those of Hugging Face. */
final class GgufNames {
  private static final Pattern LAYER_TENSOR = Pattern.compile("blk\\.(\\d+)\\.([a-z_]+)\\.(\\w+)");
  private static final Map<String, String> GLOBAL =
      Map.of(
          "token_embd.weight", LlamaTensors.EMBEDDING,
          "output_norm.weight", "model.norm.weight",
          "output.weight", LlamaTensors.HEAD);
  private static final Map<String, String> IN_LAYER =
      Map.of(
          "attn_norm", "input_layernorm",
          "attn_q", "self_attn.q_proj",
          "attn_k", "self_attn.k_proj",
          "attn_v", "self_attn.v_proj",
          "attn_output", "self_attn.o_proj",
          "ffn_norm", "post_attention_layernorm",
          "ffn_gate", "mlp.gate_proj",
          "ffn_up", "mlp.up_proj",
          "ffn_down", "mlp.down_proj");

  private GgufNames() {}

  /** All tensors under their new names; unknown ones keep theirs. */
  static Map<String, StoredTensor> toHuggingFace(
      Map<String, StoredTensor> tensors, LlamaConfig config) {
    RowOrder turned = RowOrder.interleaved(config.headSize());
    Map<String, StoredTensor> renamed = new HashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          String newName = rename(name);
          boolean isTurned =
              newName.endsWith("self_attn.q_proj.weight")
                  || newName.endsWith("self_attn.k_proj.weight");
          renamed.put(newName, isTurned ? tensor.reordered(turned) : tensor);
        });
    return renamed;
  }

  private static String rename(String name) {
    String global = GLOBAL.get(name);
    if (global != null) {
      return global;
    }
    Matcher matcher = LAYER_TENSOR.matcher(name);
    @Nullable String inLayer = matcher.matches() ? IN_LAYER.get(matcher.group(2)) : null;
    return inLayer == null
        ? name
        : LlamaTensors.LAYER + matcher.group(1) + "." + inLayer + "." + matcher.group(3);
  }
}
