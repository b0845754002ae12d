package dev.kvasir.ra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.engine.EngineConfig;
import dev.kvasir.engine.EngineConfig.Device;
import dev.kvasir.engine.EngineConfig.Precision;
import dev.kvasir.engine.EngineConfig.Weights;
import dev.kvasir.engine.schedule.ScheduleLimits;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AdapterConfigTest {
  @TempDir Path model;

  @Test
  void toEngineConfig_allSet_mapped() {
    EngineConfig config =
        new AdapterConfig(model.toString(), "F32", "full", "gpu", 512, 64, 128, 0, 500, 3, 9, 7)
            .toEngineConfig();

    assertEquals(
        new EngineConfig(
            model,
            Precision.F32,
            Weights.FULL,
            Device.GPU,
            512,
            64,
            new ScheduleLimits(128, 0, 500, 3L << 20, 9),
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
                adapter.getWeights(),
                adapter.getDevice(),
                adapter.getContextTokens(),
                adapter.getPoolMib(),
                adapter.getStepTokens(),
                adapter.getDraftTokens(),
                adapter.getOpenWaitMillis(),
                adapter.getSavedMib(),
                adapter.getIdleBlocks(),
                adapter.getStopGraceMillis())
            .toEngineConfig();

    assertEquals(EngineConfig.of(model), config);
  }

  @Test
  void toEngineConfig_int8_mapped() {
    EngineConfig config = withNumbers("auto", "int8", "cpu").toEngineConfig();

    assertEquals(Weights.INT8, config.weights());
  }

  @Test
  void toEngineConfig_weightsBf16_sameAsPrecisionBf16() {
    EngineConfig config = withNumbers("auto", "bf16", "cpu").toEngineConfig();

    assertEquals(withNumbers("bf16", "full", "cpu").toEngineConfig(), config);
    assertEquals(Precision.BF16, config.precision());
  }

  @ParameterizedTest
  @CsvSource({
    "auto, int8, gpu, 'weights are int8, but only the cpu computes with these: set weights to full, or device to cpu'",
    "f32, bf16, cpu, 'weights are bf16, but the precision is f32: set weights to full, or precision to auto'",
  })
  void toEngineConfig_numbersThatDoNotGoTogether_refused(
      String precision, String weights, String device, String why) {
    AdapterConfig wrong = withNumbers(precision, weights, device);

    assertEquals(
        why, assertThrows(IllegalArgumentException.class, wrong::toEngineConfig).getMessage());
  }

  private AdapterConfig withNumbers(String precision, String weights, String device) {
    return new AdapterConfig(model.toString(), precision, weights, device, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void toEngineConfig_allWrong_everyProblemInOneLine() {
    AdapterConfig wrong =
        new AdapterConfig("/no/such/model", "bf17", "int4", "tpu", -1, -2, 65, 16, -3, -4, -6, -5);

    String message =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, wrong::toEngineConfig).getMessage());

    assertTrue(message.contains("model is '/no/such/model'"), message);
    assertTrue(
        message.contains("precision is 'bf17', but must be one of auto, bf16, f32"), message);
    assertTrue(message.contains("weights is 'int4', but must be one of full, bf16, int8"), message);
    assertTrue(message.contains("device is 'tpu', but must be one of cpu, gpu"), message);
    assertTrue(message.contains("contextTokens is -1"), message);
    assertTrue(message.contains("poolMib is -2"), message);
    assertTrue(message.contains("stepTokens is 65"), message);
    assertTrue(message.contains("draftTokens is 16, but must be 0 (none) to 15"), message);
    assertTrue(message.contains("openWaitMillis is -3"), message);
    assertTrue(message.contains("idleBlocks is -6, but must be 0 (none) or more"), message);
    assertTrue(message.contains("savedMib is -4"), message);
    assertTrue(message.contains("stopGraceMillis is -5"), message);
    assertFalse(message.contains("\n"), message);
  }
}
