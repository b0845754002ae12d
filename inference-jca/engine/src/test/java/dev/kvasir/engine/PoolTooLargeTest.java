package dev.kvasir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kvasir.engine.EngineConfig.Device;
import dev.kvasir.engine.EngineConfig.Precision;
import dev.kvasir.engine.weights.ModelLoadException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pool for which there is no memory, or no numbers. */
@Timeout(180)
final class PoolTooLargeTest {
  private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");
  private static final int LARGE_MIB = 200_001;

  @Test
  void start_moreBlocksThanHaveANumber_saysHowManyMayBe() {
    ModelLoadException refused =
        assertThrows(ModelLoadException.class, () -> startWithPool(Integer.MAX_VALUE));

    assertTrue(String.valueOf(refused.getMessage()).contains("MiB or less"), refused::toString);
  }

  /** Whoever has this much memory for a test would get it, so a process without is asked. */
  @Test
  void start_noMemory_saysBothSizes() throws Exception {
    assumeTrue(Files.isExecutable(PRLIMIT), "no prlimit here, so no process can be limited");

    List<String> said = saidInLittleMemory();

    assertTrue(said.get(0).contains("and pool (200,001 MiB) of "), said::toString);
    assertTrue(said.get(0).contains("choose a smaller pool or a smaller model"), said::toString);
  }

  /** What a process says whose address space has room for JVM and TensorFlow, and 8 GiB or so. */
  private static List<String> saidInLittleMemory() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                PRLIMIT.toString(),
                "--as=" + (16L << 30),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                InLittleMemory.class.getName())
            .redirectErrorStream(true)
            .start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(process.waitFor(10, TimeUnit.SECONDS), said);
      assertEquals(0, process.exitValue(), said);
      return said.lines()
          .filter(line -> line.startsWith("> "))
          .map(line -> line.substring(2))
          .toList();
    } finally {
      process.destroyForcibly();
    }
  }

  private static void startWithPool(int poolMib) {
    ExecutorService threads = Executors.newCachedThreadPool();
    EngineConfig config =
        new EngineConfig(TestingModels.tiny(), Precision.BF16, Device.CPU, 0, poolMib);
    try {
      Engine.start(config, threads).close();
    } finally {
      threads.shutdown();
    }
  }

  /** Asks for too much. */
  static final class InLittleMemory {
    private InLittleMemory() {}

    public static void main(String[] arguments) {
      try {
        startWithPool(LARGE_MIB);
        System.out.println("> started");
      } catch (ModelLoadException e) {
        System.out.println("> " + e.getMessage());
      }
    }
  }
}
