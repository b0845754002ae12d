package dev.kvasir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.engine.EngineConfig.Device;
import dev.kvasir.engine.EngineConfig.Precision;
import dev.kvasir.engine.EngineConfig.Weights;
import dev.kvasir.engine.graph.KernelForm;
import dev.kvasir.engine.graph.KernelProbe;
import dev.kvasir.engine.schedule.ScheduleLimits;
import dev.kvasir.engine.weights.NumberType;
import dev.kvasir.inference.ModelInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which weights an engine takes that is asked for those of 8 bits, on the tiny model. */
@Timeout(120)
final class Int8WeightsTest {
  @Test
  void start_int8_sharesNoBlocksWithFullWeights() {
    ModelInfo full = started(Weights.FULL);
    ModelInfo int8 = started(Weights.INT8);

    KernelForm form = KernelProbe.fastestWithInt8(NumberType.BF16);
    assertEquals(form.label(), int8.kernelForm());
    assertEquals(
        form != KernelForm.INT8, full.layout().fingerprint().equals(int8.layout().fingerprint()));
  }

  @Test
  void start_bf16_sharesBlocksWithFullWeightsInBf16() {
    assertEquals(started(Weights.FULL).layout(), started(Weights.BF16).layout());
  }

  @Test
  void start_productsOf8BitsInexact_saysSoAndTakesFullWeights() throws Exception {
    String said = startWithoutVnni();

    assertTrue(said.contains("WARNING: KVASIR-EN06 weights of 8 bits were asked for"), said);
    assertTrue(said.contains("weights stay full, in F32"), said);
    assertTrue(said.lines().noneMatch(line -> line.equals("form int8")), said);
  }

  private static ModelInfo started(Weights weights) {
    return started(Precision.BF16, weights);
  }

  private static ModelInfo started(Precision precision, Weights weights) {
    EngineConfig config =
        new EngineConfig(
            TestingModels.tiny(),
            precision,
            weights,
            Device.CPU,
            0,
            0,
            ScheduleLimits.DEFAULT,
            null);
    ExecutorService threads = Executors.newCachedThreadPool();
    try (Engine engine = Engine.start(config, threads)) {
      return engine.model().info();
    } finally {
      threads.shutdown();
    }
  }

  /** What a JVM says whose oneDNN may use no more than AVX-512 without VNNI. */
  private static String startWithoutVnni() throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    ProcessBuilder builder =
        new ProcessBuilder(
            java.toString(),
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            WithoutVnni.class.getName());
    builder.environment().put("ONEDNN_MAX_CPU_ISA", "AVX512_CORE");
    Process process = builder.redirectErrorStream(true).start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(process.waitFor(10, TimeUnit.SECONDS), said);
      assertEquals(0, process.exitValue(), said);
      return said;
    } finally {
      process.destroyForcibly();
    }
  }

  /** Started in a JVM of its own: oneDNN reads its limits once. */
  static final class WithoutVnni {
    private WithoutVnni() {}

    public static void main(String[] arguments) {
      System.out.println("form " + started(Precision.F32, Weights.INT8).kernelForm());
    }
  }
}
