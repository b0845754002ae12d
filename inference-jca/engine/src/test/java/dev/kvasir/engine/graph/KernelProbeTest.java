package dev.kvasir.engine.graph;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.kvasir.engine.Engine;
import dev.kvasir.engine.EngineConfig;
import dev.kvasir.engine.EngineConfig.Device;
import dev.kvasir.engine.EngineConfig.Precision;
import dev.kvasir.engine.TestingModels;
import dev.kvasir.engine.weights.ModelLoadException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class KernelProbeTest {
  @Test
  void start_onGpuThatIsNotThere_saysWhatIsNeeded() {
    assumeFalse(Files.exists(Path.of("/dev/nvidia0")), "there is a GPU");
    EngineConfig config = new EngineConfig(TestingModels.tiny(), Precision.AUTO, Device.GPU, 0, 0);

    ModelLoadException refusal =
        assertThrows(ModelLoadException.class, () -> Engine.start(config, Runnable::run).close());

    assertTrue(String.valueOf(refusal.getMessage()).contains("CUDA 12"), refusal::toString);
    assertTrue(String.valueOf(refusal.getMessage()).contains("--gpu"), refusal::toString);
  }
}
