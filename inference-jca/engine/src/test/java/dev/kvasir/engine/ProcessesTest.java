package dev.kvasir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.engine.EngineConfig.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two processes that begin anew give the same bits, each in all ways: in one step or in pieces,
 * with drafts or without, alone or together.
 */
@Timeout(180)
class ProcessesTest {
  private static final int SECONDS = 80;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void digests_twoProcesses_oneForAll(Precision precision) throws Exception {
    assertOneForAll(TestingModels.tiny(), precision, true);
  }

  @Test
  void digests_twoProcessesOfSmolLm2_oneForAll() throws Exception {
    Path model = TestingModels.orNotRun("SmolLM2", TestingModels.smolLm2());
    assertOneForAll(model, Precision.BF16, false);
  }

  private void assertOneForAll(Path model, Precision precision, boolean wide) throws Exception {
    BitDigests.Extent extent = wide ? BitDigests.Extent.WIDE : BitDigests.Extent.NARROW;
    List<Process> processes = new ArrayList<>();
    try {
      for (int i = 0; i < 2; i++) { // one more on two cores would take longer, not find more
        processes.add(start(model, precision, wide, i));
        assertTrue(processes.get(i).waitFor(SECONDS, TimeUnit.SECONDS), "it takes too long");
        assertEquals(0, processes.get(i).exitValue(), Files.readString(log(i)));
      }
      Map<String, String> first = digests(0);
      assertEquals(extent.ways(), first.size(), Files.readString(log(0)));
      assertEquals(1, Set.copyOf(first.values()).size(), first.toString());
      assertEquals(first, digests(1));
    } finally {
      processes.forEach(Process::destroyForcibly);
    }
  }

  private Path log(int process) {
    return folder.resolve("log" + process);
  }

  private Path output(int process) {
    return folder.resolve("digests" + process);
  }

  private Process start(Path model, Precision precision, boolean wide, int process)
      throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
            "-Xmx%dm".formatted(512 + 256 * process), // other garbage, other moments
            "-cp",
            System.getProperty("java.class.path", ""),
            BitDigests.class.getName(),
            model.toString(),
            precision.name(),
            Boolean.toString(wide))
        .redirectOutput(output(process).toFile())
        .redirectError(log(process).toFile())
        .start();
  }

  /** By way of computing. */
  private Map<String, String> digests(int process) throws IOException {
    Map<String, String> digests = new LinkedHashMap<>();
    for (String line : Files.readAllLines(output(process))) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        digests.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return digests;
  }
}
