package dev.kvasir.bench.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TraceFormatTest {
  @TempDir Path folder;

  @Test
  void read_mooncake_chainsByHashIds() throws IOException {
    Trace trace =
        read(
            """
            {"timestamp": 0, "input_length": 900, "output_length": 3, "hash_ids": [0, 7]}
            {"timestamp": 3, "input_length": 900, "output_length": 3, "hash_ids": [0, 8]}
            """);

    assertArrayEquals(new int[] {0, 1}, trace.requests().get(0));
    assertArrayEquals(new int[] {0, 2}, trace.requests().get(1));
    assertEquals(trace.block(0).hash(), trace.block(2).parent());
    assertEquals(1, trace.block(2).depth());
    assertEquals(4, trace.accesses());
  }

  @Test
  void read_ourAccessLog_chainsByNames() throws IOException {
    Trace trace =
        read(
            """
            {"tenant": "a", "blocks": ["x", "y"], "tokens": 130}

            {"tenant": "a", "blocks": [], "tokens": 3}
            {"tenant": "a", "blocks": ["y", "y"], "tokens": 130}
            """);

    assertEquals(3, trace.requests().size());
    assertEquals(4, trace.blockCount(), "y after x, y at the start and y after it are three");
  }

  /** The line that ejb-cache's AccessLogTest finds in the log. */
  @Test
  void read_lineThatTheServerWrites_chainsItsBlocks() throws IOException {
    Trace trace =
        read(
            """
            {"time":"1970-01-01T00:00:01.000Z","request":"r-1","node":"a","tenant":"t",\
            "model":"tiny","status":"ok","tokens":130,"answer_tokens":5,\
            "sources":{"pool":64,"near":0,"local":0,"remote":0,"disk":0,"computed":66},\
            "miss_reason":"first_seen",\
            "ms":{"template":1.500,"decode":49.123,"first_token":20.500,"total":70.000},\
            "blocks":["0f3a0f3a0f3a","1b2c1b2c1b2c"]}
            """);

    assertArrayEquals(new int[] {0, 1}, trace.requests().get(0));
  }

  @Test
  void read_arcAndLirs_singleBlocks() throws IOException {
    assertEquals(5, read("10 3 0 0\n11 2 0 1\n").requests().size());
    assertEquals(3, read("10 3 0 0\n11 2 0 1\n").blockCount());
    assertEquals(3, read("5\n*\n6\n5\n").requests().size());
    assertEquals(2, read("5\n*\n6\n5\n").blockCount());
  }

  @Test
  void read_badLine_isNamed() {
    IOException refusal = assertThrows(IOException.class, () -> read("5\nsix\n"));
    assertTrue(String.valueOf(refusal.getMessage()).contains(":2 is no line of a LIRS trace"));
    assertThrows(IOException.class, () -> read("{\"hash_ids\": 5}\n"));
    assertThrows(IOException.class, () -> read("{\n"));
  }

  private Trace read(String text) throws IOException {
    return TraceFormat.read(Files.writeString(folder.resolve("trace"), text));
  }
}
