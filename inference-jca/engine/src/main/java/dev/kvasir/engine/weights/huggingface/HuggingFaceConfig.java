package dev.kvasir.engine.weights.huggingface;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import dev.kvasir.engine.weights.ConfigCheck;
import dev.kvasir.engine.weights.LlamaConfig;
import dev.kvasir.engine.weights.ModelLoadException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** The shape of a model as config.json gives it. */
public final class HuggingFaceConfig {
  private static final String EOS = "eos_token_id";

  private HuggingFaceConfig() {}

  /**
   * Reads config.json, and generation_config.json where there is one for more end tokens.
   *
   * @throws ModelLoadException if a key is missing, makes no sense, or asks for what the graph does
   *     not compute
   */
  public static LlamaConfig read(Path folder) {
    Path file = folder.resolve("config.json");
    if (!Files.exists(file)) {
      throw new ModelLoadException(
          folder + " has no config.json; needed is a Hugging Face folder or a GGUF file");
    }
    JsonFields config = JsonFields.read(file);
    checkComputable(config);
    try {
      return ConfigCheck.checked(config(folder, config));
    } catch (IllegalArgumentException e) {
      throw new ModelLoadException(file + ": " + e.getMessage(), e);
    }
  }

  private static LlamaConfig config(Path folder, JsonFields config) {
    int hiddenSize = config.integer("hidden_size");
    int heads = config.integer("num_attention_heads");
    return new LlamaConfig(
        String.valueOf(folder.getFileName()),
        config.integer("num_hidden_layers"),
        hiddenSize,
        heads,
        config.integer("num_key_value_heads", heads),
        headSize(config, hiddenSize, heads),
        config.integer("intermediate_size"),
        config.integer("vocab_size"),
        config.integer("max_position_embeddings"),
        HuggingFaceRope.read(config),
        (float) config.number("rms_norm_eps"),
        config.flag("tie_word_embeddings", false),
        eosTokenIds(folder, config));
  }

  private static int headSize(JsonFields config, int hiddenSize, int heads) {
    if (config.has("head_dim")) {
      return config.integer("head_dim");
    }
    if (heads < 1 || hiddenSize % heads != 0) {
      throw new IllegalArgumentException(
          "head_dim is missing, and hidden_size %d is no multiple of %d heads"
              .formatted(hiddenSize, heads));
    }
    return hiddenSize / heads;
  }

  /** What would change the answer, and is not in the graph. */
  private static void checkComputable(JsonFields config) {
    requireText(config, "model_type", "llama", false);
    requireText(config, "hidden_act", "silu", true);
    for (String bias : new String[] {"attention_bias", "mlp_bias"}) {
      if (config.flag(bias, false)) {
        throw unsupported(config, bias, "true", "false or missing");
      }
    }
    if (config.has("quantization_config")) {
      throw unsupported(config, "quantization_config", "there", "missing");
    }
    if (config.number("partial_rotary_factor", 1) != 1) {
      throw unsupported(config, "partial_rotary_factor", "not 1", "1 or missing");
    }
  }

  private static void requireText(
      JsonFields config, String key, String needed, boolean absentAllowed) {
    String found = config.text(key).orElse(absentAllowed ? needed : "missing");
    if (!found.equals(needed)) {
      throw unsupported(config, key, found, needed);
    }
  }

  private static ModelLoadException unsupported(
      JsonFields config, String key, String found, String needed) {
    return new ModelLoadException(
        "%s: %s is %s, but only models with %s %s are supported"
            .formatted(config.source(), key, found, key, needed));
  }

  private static Set<Integer> eosTokenIds(Path folder, JsonFields config) {
    Set<Integer> ids = new TreeSet<>();
    addIds(config, ids);
    Path generation = folder.resolve("generation_config.json");
    if (Files.exists(generation)) {
      addIds(JsonFields.read(generation), ids);
    }
    return ids;
  }

  private static void addIds(JsonFields config, Set<Integer> ids) {
    JsonElement value = config.get(EOS);
    if (value instanceof JsonArray list) {
      list.forEach(id -> ids.add(config.integer(EOS, id)));
    } else if (value != null) {
      ids.add(config.integer(EOS));
    }
  }
}
