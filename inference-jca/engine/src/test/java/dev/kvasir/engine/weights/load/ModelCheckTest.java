package dev.kvasir.engine.weights.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kvasir.engine.TestingModels;
import dev.kvasir.engine.weights.ModelLoadException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ModelCheckTest {
  @Test
  void describe_tiny_isOneLine() {
    assertEquals(
        "tiny: 4,328,704 parameters, 2,048 tokens of context",
        ModelCheck.describe(TestingModels.tiny()));
  }

  @Test
  void describe_smolLm2_isOneLine() {
    Path smolLm2 = TestingModels.orNotRun("SmolLM2's GGUF file", TestingModels.smolLm2());
    assertEquals(
        "SmolLM2-135M-Instruct.Q4_1: 134,515,008 parameters, 8,192 tokens of context",
        ModelCheck.describe(smolLm2));
  }

  @Test
  void describe_nothingThere_isRefused() {
    assertThrows(
        ModelLoadException.class, () -> ModelCheck.describe(Path.of("no", "such", "model")));
  }
}
