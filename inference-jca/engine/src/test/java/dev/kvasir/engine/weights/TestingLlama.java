package dev.kvasir.engine.weights;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A LLaMA of a few thousand random weights, to be written in any form. */
public final class TestingLlama {
  public static final LlamaConfig CONFIG =
      new LlamaConfig(
          "small",
          2,
          64,
          4,
          2,
          16,
          96,
          12,
          128,
          new Rope(10_000, new Rope.Scaling.None()),
          1e-5f,
          false,
          Set.of(2));

  private TestingLlama() {}

  /** All tensors by Hugging Face name, multiples of 1/64 between -2 and 2. */
  public static Map<String, TestingTensor> tensors() {
    Map<String, TestingTensor> tensors = new LinkedHashMap<>();
    tensors.put("model.embed_tokens.weight", random(1, 12, 64));
    for (int layer = 0; layer < 2; layer++) {
      String prefix = "model.layers." + layer + ".";
      tensors.put(prefix + "input_layernorm.weight", random(layer + 2, 64));
      tensors.put(prefix + "self_attn.q_proj.weight", random(layer + 4, 64, 64));
      tensors.put(prefix + "self_attn.k_proj.weight", random(layer + 6, 32, 64));
      tensors.put(prefix + "self_attn.v_proj.weight", random(layer + 8, 32, 64));
      tensors.put(prefix + "self_attn.o_proj.weight", random(layer + 10, 64, 64));
      tensors.put(prefix + "post_attention_layernorm.weight", random(layer + 12, 64));
      tensors.put(prefix + "mlp.gate_proj.weight", random(layer + 14, 96, 64));
      tensors.put(prefix + "mlp.up_proj.weight", random(layer + 16, 96, 64));
      tensors.put(prefix + "mlp.down_proj.weight", random(layer + 18, 64, 96));
    }
    tensors.put("model.norm.weight", random(20, 64));
    tensors.put("lm_head.weight", random(21, 12, 64));
    return tensors;
  }

  private static TestingTensor random(int seed, long... shape) {
    int count = 1;
    for (long dimension : shape) {
      count *= (int) dimension;
    }
    Random random = new Random(seed);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (random.nextInt(256) - 128) / 64f;
    }
    return new TestingTensor(shape, numbers);
  }
}
