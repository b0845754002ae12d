package dev.kvasir.bench.engine;

import com.google.gson.Gson;
import dev.kvasir.engine.weights.Checkpoint;
import dev.kvasir.engine.weights.LlamaConfig;
import dev.kvasir.engine.weights.Rope;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a model as a Hugging Face folder in bfloat16, without a tokenizer. */
final class HuggingFaceWriter {
  private static final Gson GSON = new Gson();

  private HuggingFaceWriter() {}

  /**
   * Writes {@code config.json} and {@code model.safetensors} and gives the folder.
   *
   * @throws IOException also if the model stretches RoPE, which is not written
   */
  static Path write(Checkpoint checkpoint, Path folder) throws IOException {
    Files.writeString(folder.resolve("config.json"), GSON.toJson(config(checkpoint.config())));
    List<Weight> weights = Weight.of(checkpoint.config());
    byte[] header = GSON.toJson(header(checkpoint, weights)).getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = Files.newOutputStream(folder.resolve("model.safetensors"))) {
      ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      out.write(length.putLong(header.length).array());
      out.write(header);
      for (Weight weight : weights) {
        out.write(weight.read(checkpoint).array());
      }
    }
    return folder;
  }

  private static Map<String, Object> header(Checkpoint checkpoint, List<Weight> weights) {
    Map<String, Object> header = new LinkedHashMap<>();
    long offset = 0;
    for (Weight weight : weights) {
      long end = offset + weight.bytes(checkpoint);
      header.put(
          weight.name(),
          Map.of(
              "dtype", weight.type().name(),
              "shape", checkpoint.shape(weight.name()),
              "data_offsets", new long[] {offset, end}));
      offset = end;
    }
    return header;
  }

  private static Map<String, Object> config(LlamaConfig model) throws IOException {
    if (!(model.rope().scaling() instanceof Rope.Scaling.None)) {
      throw new IOException(model.id() + " stretches RoPE, which cannot be handed on");
    }
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("architectures", List.of("LlamaForCausalLM"));
    config.put("model_type", "llama");
    config.put("torch_dtype", "bfloat16");
    config.put("hidden_act", "silu");
    config.put("num_hidden_layers", model.layers());
    config.put("hidden_size", model.hiddenSize());
    config.put("intermediate_size", model.intermediateSize());
    config.put("num_attention_heads", model.heads());
    config.put("num_key_value_heads", model.kvHeads());
    config.put("head_dim", model.headSize());
    config.put("vocab_size", model.vocabularySize());
    config.put("max_position_embeddings", model.contextTokens());
    config.put("rope_theta", model.rope().theta());
    config.put("rms_norm_eps", model.rmsEpsilon());
    config.put("tie_word_embeddings", model.tiedEmbeddings());
    config.put("bos_token_id", 1);
    config.put("eos_token_id", 2);
    return config;
  }
}
