package dev.kvasir.ra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.engine.EngineConfig;
import dev.kvasir.engine.EngineConfig.Device;
import dev.kvasir.engine.EngineConfig.Precision;
import dev.kvasir.engine.schedule.ScheduleLimits;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AdapterConfigTest {
  @TempDir Path model;

  @Test
  void toEngineConfig_allSet_mapped() {
    EngineConfig config =
        new AdapterConfig(model.toString(), "F32", "gpu", 512, 64, 128, 0, 500, 3, 7)
            .toEngineConfig();

    assertEquals(
        new EngineConfig(
            model,
            Precision.F32,
            Device.GPU,
            512,
            64,
            new ScheduleLimits(128, 0, 500, 3L << 20),
            null),
        config);
  }

  @Test
  void adapter_untouched_hasTheDefaults() {
    InferenceResourceAdapter adapter = new InferenceResourceAdapter();
    adapter.setModel(model.toString());

    EngineConfig config =
        new AdapterConfig(
                adapter.getModel(),
                adapter.getPrecision(),
                adapter.getDevice(),
                adapter.getContextTokens(),
                adapter.getPoolMib(),
                adapter.getStepTokens(),
                adapter.getDraftTokens(),
                adapter.getOpenWaitMillis(),
                adapter.getSavedMib(),
                adapter.getStopGraceMillis())
            .toEngineConfig();

    assertEquals(EngineConfig.of(model), config);
  }

  @Test
  void toEngineConfig_allWrong_everyProblemInOneLine() {
    AdapterConfig wrong =
        new AdapterConfig("/no/such/model", "bf17", "tpu", -1, -2, 65, 16, -3, -4, -5);

    String message =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, wrong::toEngineConfig).getMessage());

    assertTrue(message.contains("model is '/no/such/model'"), message);
    assertTrue(
        message.contains("precision is 'bf17', but must be one of auto, bf16, f32"), message);
    assertTrue(message.contains("device is 'tpu', but must be one of cpu, gpu"), message);
    assertTrue(message.contains("contextTokens is -1"), message);
    assertTrue(message.contains("poolMib is -2"), message);
    assertTrue(message.contains("stepTokens is 65"), message);
    assertTrue(message.contains("draftTokens is 16, but must be 0 (none) to 15"), message);
    assertTrue(message.contains("openWaitMillis is -3"), message);
    assertTrue(message.contains("savedMib is -4"), message);
    assertTrue(message.contains("stopGraceMillis is -5"), message);
    assertFalse(message.contains("\n"), message);
  }
}
