package dev.kvasir.engine.weights.gguf;

import dev.kvasir.engine.weights.ConfigCheck;
import dev.kvasir.engine.weights.LlamaConfig;
import dev.kvasir.engine.weights.ModelLoadException;
import dev.kvasir.engine.weights.NumberType;
import dev.kvasir.engine.weights.Rope;
import dev.kvasir.engine.weights.Rope.Scaling;
import dev.kvasir.engine.weights.tensor.StoredTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The shape of a model as a GGUF file's metadata gives it. */
final class GgufConfig {
  private static final String ROPE_FACTORS = "rope_freqs.weight";
  private static final double DEFAULT_THETA = 10_000;

  /** Tokens that end an answer also where old files do not name them so. */
  private static final Set<String> END_OF_TURN = Set.of("<|eot_id|>", "<|im_end|>");

  private final GgufMetadata metadata;
  private final Map<String, StoredTensor> tensors;

  private GgufConfig(GgufHeader header) {
    metadata = header.metadata();
    tensors = header.tensors();
  }

  /**
   * Reads the metadata.
   *
   * @throws ModelLoadException if a key is missing, makes no sense, or asks for what the graph does
   *     not compute
   */
  static LlamaConfig read(GgufHeader header) {
    GgufConfig config = new GgufConfig(header);
    config.checkComputable();
    try {
      return ConfigCheck.checked(config.config());
    } catch (IllegalArgumentException e) {
      throw new ModelLoadException(header.metadata().file() + ": " + e.getMessage(), e);
    }
  }

  private void checkComputable() {
    String architecture = metadata.text("general.architecture");
    if (!architecture.equals("llama")) {
      throw metadata.wrong("general.architecture", architecture, "llama");
    }
    int experts = metadata.integer("llama.expert_count", 0);
    if (experts != 0) {
      throw metadata.wrong("llama.expert_count", experts, "0: mixtures of experts are not known");
    }
  }

  private LlamaConfig config() {
    int hiddenSize = metadata.integer("llama.embedding_length");
    int heads = metadata.integer("llama.attention.head_count");
    int headSize = metadata.integer("llama.attention.key_length", hiddenSize / Math.max(heads, 1));
    List<String> tokens = metadata.texts("tokenizer.ggml.tokens");
    return new LlamaConfig(
        String.valueOf(metadata.file().getFileName()).replaceFirst("\\.gguf$", ""),
        metadata.integer("llama.block_count"),
        hiddenSize,
        heads,
        metadata.integer("llama.attention.head_count_kv", heads),
        headSize,
        metadata.integer("llama.feed_forward_length"),
        vocabularySize(tokens),
        metadata.integer("llama.context_length"),
        rope(headSize),
        (float) metadata.number("llama.attention.layer_norm_rms_epsilon"),
        !tensors.containsKey("output.weight"),
        eosTokenIds(tokens));
  }

  /** There may be more numbers than tokens, for padding, but not fewer. */
  private int vocabularySize(List<String> tokens) {
    int size = metadata.integer("llama.vocab_size", tokens.size());
    if (size < tokens.size()) {
      throw metadata.wrong("llama.vocab_size", size, "at least the " + tokens.size() + " tokens");
    }
    return size;
  }

  private Rope rope(int headSize) {
    int turned = metadata.integer("llama.rope.dimension_count", headSize);
    if (turned != headSize) {
      throw metadata.wrong("llama.rope.dimension_count", turned, headSize + ", the size of a head");
    }
    double theta = metadata.number("llama.rope.freq_base", DEFAULT_THETA);
    return new Rope(theta, scaling(headSize));
  }

  private Scaling scaling(int headSize) {
    StoredTensor factors = tensors.get(ROPE_FACTORS);
    if (factors != null) {
      return new Scaling.PerPair(floats(factors, headSize / 2));
    }
    double oldScale = metadata.number("llama.rope.scale_linear", 1);
    double factor = metadata.number("llama.rope.scaling.factor", oldScale);
    String type =
        metadata.optionalText("llama.rope.scaling.type").orElse(factor == 1 ? "none" : "linear");
    return switch (type) {
      case "none" -> new Scaling.None();
      case "linear" -> factor == 1 ? new Scaling.None() : new Scaling.Linear(factor);
      default -> throw metadata.wrong("llama.rope.scaling.type", type, "none or linear");
    };
  }

  private List<Float> floats(StoredTensor tensor, int count) {
    if (tensor.shape().length != 1 || tensor.shape()[0] != count) {
      throw new ModelLoadException(
          "%s: tensor %s has %d numbers, but half a head has %d"
              .formatted(metadata.file(), ROPE_FACTORS, tensor.shape()[0], count));
    }
    ByteBuffer bytes = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
    tensor.read(NumberType.F32, bytes);
    FloatBuffer floats = bytes.flip().asFloatBuffer();
    List<Float> list = new ArrayList<>();
    while (floats.hasRemaining()) {
      list.add(floats.get());
    }
    return list;
  }

  private Set<Integer> eosTokenIds(List<String> tokens) {
    Set<Integer> ids = new TreeSet<>();
    for (String kind : new String[] {"eos", "eot", "eom"}) {
      int id = metadata.integer("tokenizer.ggml." + kind + "_token_id", -1);
      if (id >= 0) {
        ids.add(id);
      }
    }
    for (int id = 0; id < tokens.size(); id++) {
      if (END_OF_TURN.contains(tokens.get(id))) {
        ids.add(id);
      }
    }
    return ids;
  }
}
