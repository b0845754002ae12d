package dev.kvasir.bench.engine;

import dev.kvasir.engine.weights.Checkpoint;
import dev.kvasir.engine.weights.LlamaConfig;
import dev.kvasir.engine.weights.NumberType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One tensor of a LLaMA model as other systems want it: norms in float32, all else in bfloat16.
 *
 * @param name by Hugging Face
 * @param ggufName by llama.cpp
 */
record Weight(String name, String ggufName) {
  /** All tensors of a model. */
  static List<Weight> of(LlamaConfig model) {
    List<Weight> weights = new ArrayList<>();
    weights.add(new Weight("model.embed_tokens.weight", "token_embd.weight"));
    for (int layer = 0; layer < model.layers(); layer++) {
      String name = "model.layers." + layer + ".";
      String ggufName = "blk." + layer + ".";
      weights.add(new Weight(name + "input_layernorm.weight", ggufName + "attn_norm.weight"));
      weights.add(
          new Weight(name + "post_attention_layernorm.weight", ggufName + "ffn_norm.weight"));
      for (String letter : new String[] {"q", "k", "v"}) {
        weights.add(
            new Weight(
                name + "self_attn." + letter + "_proj.weight",
                ggufName + "attn_" + letter + ".weight"));
      }
      weights.add(new Weight(name + "self_attn.o_proj.weight", ggufName + "attn_output.weight"));
      for (String part : new String[] {"gate", "up", "down"}) {
        weights.add(
            new Weight(
                name + "mlp." + part + "_proj.weight", ggufName + "ffn_" + part + ".weight"));
      }
    }
    weights.add(new Weight("model.norm.weight", "output_norm.weight"));
    if (!model.tiedEmbeddings()) {
      weights.add(new Weight("lm_head.weight", "output.weight"));
    }
    return weights;
  }

  NumberType type() {
    return name.endsWith("norm.weight") ? NumberType.F32 : NumberType.BF16;
  }

  /** Whether RoPE turns its rows, whose order differs between the two forms. */
  boolean isTurned() {
    return ggufName.endsWith("attn_q.weight") || ggufName.endsWith("attn_k.weight");
  }

  long bytes(Checkpoint checkpoint) {
    return Arrays.stream(checkpoint.shape(name)).reduce(type().bytes(), Math::multiplyExact);
  }

  /** Its numbers, row-major, little-endian, rows in Hugging Face's order. */
  ByteBuffer read(Checkpoint checkpoint) {
    ByteBuffer numbers = ByteBuffer.allocate(Math.toIntExact(bytes(checkpoint)));
    checkpoint.read(name, type(), numbers.order(ByteOrder.LITTLE_ENDIAN));
    return numbers.flip();
  }
}
