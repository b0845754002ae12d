package dev.kvasir.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.bench.report.Measurements;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void usage_eachCommand_tellsItsLineAndAllItsOptions() {
    for (Command command : Commands.ALL) {
      assertTrue(command.usage().startsWith("bin/bench " + command.name() + " "), command.usage());
      for (String option : command.options()) {
        assertTrue(command.usage().contains("--" + option + " "), command.name() + " " + option);
      }
      assertTrue(Commands.usage().contains(command.usage()));
    }
  }

  @Test
  void of_unknownName_namesThoseThatAre() {
    assertEquals("serve", Commands.of("serve").name());
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> Commands.of("serv"));
    assertEquals(
        "there is no command 'serv'; known are quick, chat, reuse, share, load, soak, engine, serve,"
            + " profile, jmh, policy",
        refusal.getMessage());
  }

  @Test
  void with_wrongOptions_areRefusedBeforeAnythingIsMeasured() {
    for (List<String> line :
        List.of(
            List.of("engine", "--systems", "vllm-cpu"),
            List.of("share", "--cases", "none"),
            List.of("policy", "--sizes", "1000"),
            List.of("quick", "--model", "/nowhere"),
            List.of("serve", "--url", "http://127.0.0.1:1", "--workload", "overflow"),
            List.of("jmh", "--model", "models/tiny"))) {
      Command command = Commands.of(line.get(0));
      List<String> options = line.subList(1, line.size());
      assertThrows(IllegalArgumentException.class, () -> command.with(options), line.toString());
    }
  }

  @Test
  void run_answersThatDoNotHold_failBehindTheFigures(@TempDir Path folder) throws IOException {
    Measurements measurements = new Measurements();
    measurements.add("case", "kvasir", "ms", "ms", List.of(1.0));
    measurements.fail("answers differ");
    Path json = folder.resolve("figures.json");
    Command command = new Command("any", List.of(), "", arguments -> () -> measurements);
    assertEquals(1, run(command, "--json", json.toString()));
    assertEquals("kvasir: answers differ\n", err.toString(StandardCharsets.UTF_8));
    assertTrue(Files.readString(json).contains("\"case\""));
  }

  @Test
  void run_measured_isWell() {
    assertEquals(0, run(new Command("any", List.of(), "", arguments -> Measurements::new)));
    assertEquals("", err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void run_measurementThatBreaksOff_fails() {
    Command command =
        new Command(
            "any",
            List.of(),
            "",
            arguments ->
                () -> {
                  throw new IOException("no server");
                });
    assertEquals(1, run(command));
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("no server"));
  }

  private int run(Command command, String... options) {
    return Bench.run(
        command.with(List.of(options)), new PrintStream(err, true, StandardCharsets.UTF_8));
  }
}
