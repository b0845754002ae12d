package dev.kvasir.engine.weights.tensor;

import dev.kvasir.engine.weights.LlamaConfig;
import dev.kvasir.engine.weights.ModelLoadException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The tensors that a LLaMA model is made of, by Hugging Face name. */
public final class LlamaTensors {
  public static final String EMBEDDING = "model.embed_tokens.weight";
  public static final String HEAD = "lm_head.weight";
  public static final String LAYER = "model.layers.";

  private LlamaTensors() {}

  /**
   * Picks what the config calls for.
   *
   * @param source names the model in errors
   * @param stored everything that the files hold
   * @throws ModelLoadException if a tensor is missing or has another shape, or if there are biases,
   *     which the graph does not add
   */
  public static Map<String, StoredTensor> select(
      String source, LlamaConfig config, Map<String, StoredTensor> stored) {
    checkNoBias(source, stored.keySet());
    Map<String, StoredTensor> selected = new LinkedHashMap<>();
    Selection selection = new Selection(source, stored, selected);
    selection.take(EMBEDDING, config.vocabularySize(), config.hiddenSize());
    for (int layer = 0; layer < config.layers(); layer++) {
      takeLayer(selection, LAYER + layer + ".", config);
    }
    selection.take("model.norm.weight", config.hiddenSize());
    if (!config.tiedEmbeddings()) {
      selection.take(HEAD, config.vocabularySize(), config.hiddenSize());
    }
    return selected;
  }

  private static void checkNoBias(String source, Set<String> names) {
    for (String name : names) {
      if (name.endsWith(".bias")) {
        throw new ModelLoadException(
            "%s: tensor %s is a bias, but only models without are supported"
                .formatted(source, name));
      }
    }
  }

  private static void takeLayer(Selection selection, String layer, LlamaConfig config) {
    long hidden = config.hiddenSize();
    long query = (long) config.heads() * config.headSize();
    long keyValue = (long) config.kvHeads() * config.headSize();
    long intermediate = config.intermediateSize();
    selection.take(layer + "input_layernorm.weight", hidden);
    selection.take(layer + "self_attn.q_proj.weight", query, hidden);
    selection.take(layer + "self_attn.k_proj.weight", keyValue, hidden);
    selection.take(layer + "self_attn.v_proj.weight", keyValue, hidden);
    selection.take(layer + "self_attn.o_proj.weight", hidden, query);
    selection.take(layer + "post_attention_layernorm.weight", hidden);
    selection.take(layer + "mlp.gate_proj.weight", intermediate, hidden);
    selection.take(layer + "mlp.up_proj.weight", intermediate, hidden);
    selection.take(layer + "mlp.down_proj.weight", hidden, intermediate);
  }

  private record Selection(
      String source, Map<String, StoredTensor> stored, Map<String, StoredTensor> selected) {
    void take(String name, long... shape) {
      StoredTensor tensor = stored.get(name);
      if (tensor == null) {
        throw new ModelLoadException(
            "%s: tensor %s is missing; needed with shape %s"
                .formatted(source, name, Arrays.toString(shape)));
      }
      if (!Arrays.equals(shape, tensor.shape())) {
        throw new ModelLoadException(
            "%s: tensor %s has shape %s, but the model's numbers need %s"
                .formatted(source, name, Arrays.toString(tensor.shape()), Arrays.toString(shape)));
      }
      selected.put(name, tensor);
    }
  }
}
