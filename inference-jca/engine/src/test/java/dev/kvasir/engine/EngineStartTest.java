package dev.kvasir.engine;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class EngineStartTest {
  @Test
  void start_tokenizerBroken_saysSoAndHoldsNothing(@TempDir Path folder) throws IOException {
    for (String name : List.of("config.json", "model.safetensors", "tokenizer_config.json")) {
      Files.copy(TestingModels.tiny().resolve(name), folder.resolve(name));
    }
    String tokenizer = Files.readString(TestingModels.tiny().resolve("tokenizer.json"));
    Files.writeString(
        folder.resolve("tokenizer.json"), tokenizer.replace("\"BPE\"", "\"planted\""));

    IllegalArgumentException failure =
        assertThrows(
            IllegalArgumentException.class,
            () -> Engine.start(EngineConfig.of(folder), Runnable::run));

    assertTrue(String.valueOf(failure.getMessage()).contains("tokenizer.json"));
  }
}
