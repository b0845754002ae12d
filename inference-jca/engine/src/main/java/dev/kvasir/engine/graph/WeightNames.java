package dev.kvasir.engine.graph;

/** Names of a LLaMA checkpoint's tensors, as Hugging Face writes them. */
final class WeightNames {
  static final String EMBEDDING = "model.embed_tokens.weight";
  static final String FINAL_NORM = "model.norm.weight";
  static final String HEAD = "lm_head.weight";

  private WeightNames() {}

  static String attentionNorm(int layer) {
    return layer(layer, "input_layernorm");
  }

  static String mlpNorm(int layer) {
    return layer(layer, "post_attention_layernorm");
  }

  /** qkv (the three below each other) or o. */
  static String attention(int layer, String projection) {
    return layer(layer, "self_attn." + projection + "_proj");
  }

  /** One of gate, up, down. */
  static String mlp(int layer, String projection) {
    return layer(layer, "mlp." + projection + "_proj");
  }

  private static String layer(int layer, String tensor) {
    return "model.layers." + layer + "." + tensor + ".weight";
  }
}
