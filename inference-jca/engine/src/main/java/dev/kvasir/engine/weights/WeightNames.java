package dev.kvasir.engine.weights;

/** Names of a LLaMA checkpoint's tensors, as Hugging Face writes them. */
public final class WeightNames {
  /** (vocabulary, hidden). */
  public static final String EMBEDDING = "model.embed_tokens.weight";

  /** (hidden). */
  public static final String FINAL_NORM = "model.norm.weight";

  /** (vocabulary, hidden); not there where the embedding is the head. */
  public static final String HEAD = "lm_head.weight";

  /** Before a layer's number. */
  public static final String LAYER = "model.layers.";

  /** The norm before a layer's attention, within the layer. */
  public static final String ATTENTION_NORM = "input_layernorm";

  /** The norm before a layer's MLP, within the layer. */
  public static final String MLP_NORM = "post_attention_layernorm";

  private WeightNames() {}

  /** The norm before a layer's attention: (hidden). */
  public static String attentionNorm(int layer) {
    return layer(layer, ATTENTION_NORM);
  }

  /** The norm before a layer's MLP: (hidden). */
  public static String mlpNorm(int layer) {
    return layer(layer, MLP_NORM);
  }

  /**
   * A projection of a layer's attention: q, k, v or o, or qkv, the first three below each other.
   */
  public static String attention(int layer, String projection) {
    return layer(layer, attention(projection));
  }

  /** Its name within the layer. */
  public static String attention(String projection) {
    return "self_attn." + projection + "_proj";
  }

  /** A projection of a layer's MLP: gate, up or down. */
  public static String mlp(int layer, String projection) {
    return layer(layer, mlp(projection));
  }

  /** Its name within the layer. */
  public static String mlp(String projection) {
    return "mlp." + projection + "_proj";
  }

  private static String layer(int layer, String tensor) {
    return LAYER + layer + "." + tensor + ".weight";
  }
}
