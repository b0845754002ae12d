package dev.kvasir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.inference.InferenceException;
import dev.kvasir.inference.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class EngineStartTest {
  @Test
  void close_textAfterwards_saysThatItWasStopped() {
    ExecutorService threads = Executors.newCachedThreadPool();
    Model model;
    try (Engine engine = Engine.start(EngineConfig.of(TestingModels.tiny()), threads)) {
      model = engine.model();
    } finally {
      threads.shutdown();
    }

    InferenceException failure =
        assertThrows(InferenceException.class, () -> model.tokenize("Paul", false));

    assertEquals("the engine was stopped", failure.getMessage());
  }

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
