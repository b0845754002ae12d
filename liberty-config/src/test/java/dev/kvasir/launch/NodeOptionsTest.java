package dev.kvasir.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.launch.NodeOptions.EngineLimits;
import dev.kvasir.launch.NodeOptions.Network;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NodeOptionsTest {
  @Test
  void parse_onlyWhatMustBe_defaults() {
    NodeOptions options = NodeOptions.parse("--data", "d", "--model", "m");

    assertEquals(
        new NodeOptions(
            "kvasir",
            Path.of("d"),
            Path.of("m"),
            new Network("127.0.0.1", 9080, 9443, 5701, "", ""),
            new EngineLimits(0, 0, "cpu")),
        options);
  }

  @Test
  void parse_memberAndClient_refused() {
    String message =
        String.valueOf(
            assertThrows(
                    LaunchException.class,
                    () ->
                        NodeOptions.parse(
                            "--data", "d", "--model", "m", "--join", "a:1", "--grid-client", "b:2"))
                .getMessage());
    assertTrue(message.startsWith("--join and --grid-client are both given"), message);
  }

  @ParameterizedTest
  @CsvSource({
    "--port, 0, from 1 to 65535",
    "--port, 65536, from 1 to 65535",
    "--https-port, x, from 1 to 65535",
    "--cluster-port, -1, from 1 to 65535",
    "--https-port, 9080, another one than --port",
    "--cluster-port, 9080, another one than --port",
    "--cluster-port, 9443, another one than --https-port",
    "--context, -1, from 0 to",
    "--context, 5, at least 65 tokens",
    "--context, 64, at least 65 tokens",
    "--pool-mib, 9999999999, from 0 to",
    "--name, ../up, 'letters, digits'",
    "--join, 127.0.0.1, host:port",
    "--join, 'a:1,b', host:port",
    "--grid-client, grid, host:port",
  })
  void parse_wrongValue_saysWhichAndWhatIsRight(String name, String value, String right) {
    String message =
        String.valueOf(
            assertThrows(
                    LaunchException.class,
                    () -> NodeOptions.parse("--data", "d", "--model", "m", name, value))
                .getMessage());

    assertTrue(message.startsWith("%s is '%s'".formatted(name, value)), message);
    assertTrue(message.contains(right), message);
  }
}
