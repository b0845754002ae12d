package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What bin/run says when a node cannot start: one clear line, exit code 1, no stack trace. */
@ExtendWith(KvasirCluster.Shared.class)
final class BadStartIT {
  private static final int SECONDS = 20;
  private static final int SERVER_START_SECONDS = 120;

  @TempDir Path data;

  @Test
  void run_portInUse_namesPortAndOption() throws IOException, InterruptedException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      String said = refused(List.of("--model", tiny(), "--port", port));

      assertEquals(
          "kvasir: cannot listen on 127.0.0.1:%s (the port is in use); choose another with --port"
              .formatted(port),
          said);
    }
  }

  @Test
  void run_modelMissing_namesIt() throws IOException, InterruptedException {
    assertEquals(
        "kvasir: --model is '/no/such/model', but no such folder or file is there",
        refused(List.of("--model", "/no/such/model")));
  }

  @Test
  void run_modelBroken_namesTheFile() throws IOException, InterruptedException {
    Path model = Files.createDirectories(data.resolve("broken"));
    for (String file : List.of("config.json", "tokenizer.json", "tokenizer_config.json")) {
      Files.copy(Path.of(tiny(), file), model.resolve(file));
    }
    byte[] weights = Files.readAllBytes(Path.of(tiny(), "model.safetensors"));
    Files.write(model.resolve("model.safetensors"), Arrays.copyOf(weights, weights.length / 2));

    String said = refused(freePorts("--model", model.toString()));

    assertTrue(said.contains("model.safetensors"), said);
  }

  @Test
  void run_memoryTooSmall_saysBothFigures() throws IOException, InterruptedException {
    String said = refused(freePorts("--model", tiny(), "--pool-mib", "99999999"));

    assertTrue(said.startsWith("kvasir: too little memory: "), said);
    assertTrue(said.contains("pool 99,999,999"), said);
  }

  @Test
  void run_badOptions_namesThem() throws IOException, InterruptedException {
    assertEquals(
        "kvasir: unknown option '--prot'; see bin/run --help", refused(List.of("--prot", "1")));
    assertEquals(
        "kvasir: --port is 'x', but must be a whole number", refused(List.of("--port", "x")));
    assertEquals(
        "kvasir: --port is '99999', but must be a whole number from 1 to 65535",
        refused(List.of("--model", tiny(), "--port", "99999")));
    assertEquals(
        "kvasir: --context is '5', but must be at least 65 tokens: a block, which is the least that"
            + " can be shared, and one for the answer",
        refused(List.of("--model", tiny(), "--context", "5")));
    assertEquals("kvasir: --join needs a value; see bin/run --help", refused(List.of("--join")));
  }

  @Test
  void run_gpuWithoutGpu_refusedBeforeAnythingIsBuilt() throws IOException, InterruptedException {
    assumeFalse(Files.exists(Path.of("/dev/nvidiactl")) || Files.exists(Path.of("/dev/dxg")));

    assertEquals(
        "kvasir: --gpu needs an NVIDIA GPU and its driver, but there is none here; leave --gpu out"
            + " to run on the CPU",
        refused(List.of("--gpu")));
  }

  @Test
  void run_otherClusterSecret_refusedOnBothSides(KvasirCluster cluster)
      throws IOException, InterruptedException {
    KvasirNode member = cluster.a();

    try (BinRun stranger =
        BinRun.start(
            data,
            freePorts(
                "--model", tiny(), "--name", "stranger", "--join", member.clusterAddress()))) {
      assertEquals(1, stranger.awaitExit(SERVER_START_SECONDS), stranger::output);
      assertTrue(lastLine(stranger.output()).contains("secret"), stranger.output());
      assertFalse(stranger.output().contains("\tat "), stranger.output());
    }
    member.run().awaitOutput(output -> output.contains("secret"), SECONDS);
  }

  /** The one line of a start that fails at once. */
  private String refused(List<String> arguments) throws IOException, InterruptedException {
    try (BinRun run = BinRun.start(data, arguments)) {
      assertEquals(1, run.awaitExit(SECONDS), run::output);
      assertFalse(run.output().contains("\tat "), run.output());
      return lastLine(run.output());
    }
  }

  private static List<String> freePorts(String... more) throws IOException {
    return Stream.concat(KvasirNode.Ports.free().arguments().stream(), Stream.of(more)).toList();
  }

  private static String lastLine(String output) {
    return output.strip().lines().reduce("", (before, last) -> last);
  }

  private static String tiny() {
    return Path.of(System.getProperty("kvasir.root", ".."), "models/tiny").toString();
  }
}
