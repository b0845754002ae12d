package dev.kvasir.engine.weights.gguf;

import dev.kvasir.engine.weights.LlamaConfig;
import dev.kvasir.engine.weights.WeightNames;
import dev.kvasir.engine.weights.tensor.RowOrder;
import dev.kvasir.engine.weights.tensor.StoredTensor;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** llama.cpp's tensor names and row orders, and what they are in Hugging Face's. */
public final class GgufNames {
  private static final Pattern LAYER_TENSOR = Pattern.compile("blk\\.(\\d+)\\.([a-z_]+)\\.(\\w+)");
  private static final Pattern HUGGING_FACE =
      Pattern.compile(Pattern.quote(WeightNames.LAYER) + "(\\d+)\\.([a-z_.]+)\\.weight");
  private static final Map<String, String> GLOBAL =
      Map.of(
          "token_embd.weight", WeightNames.EMBEDDING,
          "output_norm.weight", WeightNames.FINAL_NORM,
          "output.weight", WeightNames.HEAD);
  private static final Map<String, String> IN_LAYER =
      Map.of(
          "attn_norm", WeightNames.ATTENTION_NORM,
          "attn_q", WeightNames.attention("q"),
          "attn_k", WeightNames.attention("k"),
          "attn_v", WeightNames.attention("v"),
          "attn_output", WeightNames.attention("o"),
          "ffn_norm", WeightNames.MLP_NORM,
          "ffn_gate", WeightNames.mlp("gate"),
          "ffn_up", WeightNames.mlp("up"),
          "ffn_down", WeightNames.mlp("down"));

  private GgufNames() {}

  /** All tensors under their new names; unknown ones keep theirs. */
  static Map<String, StoredTensor> toHuggingFace(
      Map<String, StoredTensor> tensors, LlamaConfig config) {
    RowOrder turned = RowOrder.interleaved(config.headSize());
    Map<String, StoredTensor> renamed = new HashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          String newName = rename(name);
          renamed.put(newName, isTurned(newName) ? tensor.reordered(turned) : tensor);
        });
    return renamed;
  }

  /** Whether RoPE turns a tensor's rows, whose order differs; by its Hugging Face name. */
  public static boolean isTurned(String name) {
    return name.endsWith(WeightNames.attention("q") + ".weight")
        || name.endsWith(WeightNames.attention("k") + ".weight");
  }

  /**
   * llama.cpp's name of a tensor.
   *
   * @param name by Hugging Face, of those that a LLaMA model is made of
   */
  public static String ofHuggingFace(String name) {
    Optional<String> global = keyOf(GLOBAL, name);
    if (global.isPresent()) {
      return global.get();
    }
    Matcher matcher = HUGGING_FACE.matcher(name);
    Optional<String> inLayer =
        matcher.matches() ? keyOf(IN_LAYER, matcher.group(2)) : Optional.empty();
    return inLayer
        .map(part -> "blk." + matcher.group(1) + "." + part + ".weight")
        .orElseThrow(() -> new IllegalArgumentException("no LLaMA model has a tensor " + name));
  }

  private static Optional<String> keyOf(Map<String, String> names, String huggingFace) {
    return names.entrySet().stream()
        .filter(entry -> entry.getValue().equals(huggingFace))
        .map(Map.Entry::getKey)
        .findFirst();
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
        : WeightNames.LAYER + matcher.group(1) + "." + inLayer + "." + matcher.group(3);
  }
}
