package dev.kvasir.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.launch.ServerLog.Notice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerLogTest {
  private static final String HEAD =
      "[11/21/26, 10:37:17:345 UTC] 00000023 dev.kvasir.ra.InferenceResourceAdapter       ";

  @TempDir Path logs;

  @Test
  void read_ourError_fatal() {
    assertEquals(
        Optional.of(new Notice("KVASIR-RA01 the engine did not start: no head", true)),
        ServerLog.read(HEAD + "E KVASIR-RA01 the engine did not start: no head"));
  }

  @Test
  void read_ourWarning_shown() {
    assertEquals(
        Optional.of(new Notice("KVASIR3001: refused", false)),
        ServerLog.read(HEAD + "W KVASIR3001: refused"));
  }

  @Test
  void read_applicationFailed_fatal() {
    assertEquals(
        Optional.of(new Notice("CWWKZ0002E: An exception occurred", true)),
        ServerLog.read(HEAD + "E CWWKZ0002E: An exception occurred"));
    assertEquals(
        Optional.of(new Notice("CWWKZ0012I: The application was not started.", true)),
        ServerLog.read(HEAD + "A CWWKZ0012I: The application was not started."));
  }

  @Test
  void read_whatOperatorsNeedNotSee_empty() {
    assertEquals(Optional.empty(), ServerLog.read(HEAD + "I KVASIR-RA02 model tiny is loaded"));
    assertEquals(Optional.empty(), ServerLog.read(HEAD + "E SRVE0777E: Exception thrown"));
    assertEquals(Optional.empty(), ServerLog.read("\tat dev.kvasir.ra.RunningEngine.start"));
  }

  @Test
  void poll_logGrowsAndRolls_eachNoticeOnce() throws IOException {
    Path file = logs.resolve("messages.log");
    ServerLog log = new ServerLog(file);
    assertEquals(List.of(), log.poll());

    Files.writeString(file, HEAD + "W KVASIR-1 one\n" + HEAD + "W KVASIR-2 half a li");
    assertEquals(List.of(new Notice("KVASIR-1 one", false)), log.poll());
    Files.writeString(file, "ne\n", StandardOpenOption.APPEND);
    assertEquals(List.of(new Notice("KVASIR-2 half a line", false)), log.poll());
    Files.writeString(file, HEAD + "W KVASIR-3 new\n");
    assertEquals(List.of(new Notice("KVASIR-3 new", false)), log.poll());
  }
}
