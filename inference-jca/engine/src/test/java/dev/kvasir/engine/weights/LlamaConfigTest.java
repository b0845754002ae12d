package dev.kvasir.engine.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;

class LlamaConfigTest {
  @Test
  void tokensToDouble_smolLm2_whereLookingBackTakesAsMuchAsTheWeights() {
    LlamaConfig smol = config(30, 576, 9, 3, 64, 1536);
    assertEquals(3072, smol.tokensToDouble(), 1e-9);
    assertEquals(134_515_008, smol.parameters());
  }

  @Test
  void tokensToDouble_ofTwiceTheMlp_isLater() {
    assertEquals(3072 + 2304, config(30, 576, 9, 3, 64, 2 * 1536).tokensToDouble(), 1e-9);
    assertEquals(3072, config(5, 576, 9, 3, 64, 1536).tokensToDouble(), 1e-9);
  }

  private static LlamaConfig config(
      int layers, int hidden, int heads, int kvHeads, int headSize, int intermediate) {
    return new LlamaConfig(
        "test",
        layers,
        hidden,
        heads,
        kvHeads,
        headSize,
        intermediate,
        49_152,
        8_192,
        new Rope(10_000, new Rope.Scaling.None()),
        1e-5f,
        true,
        Set.of(2));
  }
}
