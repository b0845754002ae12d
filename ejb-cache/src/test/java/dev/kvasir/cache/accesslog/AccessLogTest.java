package dev.kvasir.cache.accesslog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.RequestSummary;
import dev.kvasir.cache.request.FinishedRequest;
import dev.kvasir.cache.request.Phase;
import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.MissReason;
import dev.kvasir.inference.BlockHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccessLogTest {
  private static final List<BlockHash> BLOCKS =
      List.of(new BlockHash(1, 2, 3, 4), new BlockHash(5, 6, 7, 8));

  @TempDir Path data;
  private final AtomicInteger drops = new AtomicInteger();

  private AccessLogRules rules(long fileBytes, int files) {
    return new AccessLogRules(true, data.resolve("access"), fileBytes, files);
  }

  private AccessLog open(AccessLogRules rules) {
    return new AccessLog(rules, "secret", Runnable::run, drops::incrementAndGet);
  }

  private List<String> lines(int file) throws IOException {
    return Files.readAllLines(data.resolve("access/access.%d.jsonl".formatted(file)));
  }

  private static FinishedRequest request(String id, @Nullable CacheReport cache) {
    return new FinishedRequest(
        new RequestSummary(id, "a", 1_000, "t", "tiny", "ok", 130, 5, cache, 20.5, 70),
        Map.of(
            Phase.TEMPLATE, new Phase.Span(0, 1_500_000, 1_500_000),
            Phase.DECODE, new Phase.Span(20_000_000, 70_000_000, 49_123_456)),
        null,
        BLOCKS);
  }

  @Test
  void accept_request_oneLineWithoutTextAndWithAliases() throws IOException {
    CacheReport cache = new CacheReport(64, 0, 0, 0, 0, 66, MissReason.FIRST_SEEN, 1, 0, 12, "a");
    try (AccessLog log = open(rules(1 << 20, 2))) {
      log.accept(request("r-1", cache));
    }

    // bench's TraceFormatTest reads this line, but for the aliases
    String line = lines(0).get(0);
    assertEquals(
        "{\"time\":\"1970-01-01T00:00:01.000Z\",\"request\":\"r-1\",\"node\":\"a\",\"tenant\":\"t\","
            + "\"model\":\"tiny\",\"status\":\"ok\",\"tokens\":130,\"answer_tokens\":5,"
            + "\"sources\":{\"pool\":64,\"near\":0,\"local\":0,\"remote\":0,\"disk\":0,\"computed\":66},"
            + "\"miss_reason\":\"first_seen\","
            + "\"ms\":{\"template\":1.500,\"decode\":49.123,\"first_token\":20.500,\"total\":70.000},"
            + "\"blocks\":[",
        line.substring(0, line.indexOf("\"blocks\":[") + 10));
    assertTrue(line.matches(".*\"blocks\":\\[\"[0-9a-f]{12}\",\"[0-9a-f]{12}\"]}"), line);
  }

  @Test
  void accept_noFirstToken_noSources() throws IOException {
    try (AccessLog log = open(rules(1 << 20, 2))) {
      log.accept(request("r-1", null));
    }
    assertFalse(lines(0).get(0).contains("sources"), lines(0).get(0));
  }

  @Test
  void aliases_equalInACluster_differentInAnotherAndNoNamesOfTheIndex() {
    List<String> here = new BlockAliases("secret").of(BLOCKS);
    assertEquals(here, new BlockAliases("secret").of(BLOCKS));
    assertNotEquals(here, new BlockAliases("other").of(BLOCKS));
    assertNotEquals(BLOCKS.get(0).toString().substring(0, 12), here.get(0));
  }

  @Test
  void accept_manyRequests_filesRotateAndStayBounded() throws IOException {
    try (AccessLog log = open(rules(4_096, 3))) {
      for (int i = 0; i < 100; i++) {
        log.accept(request("r-" + i, null));
      }
    }
    try (Stream<Path> files = Files.list(data.resolve("access"))) {
      assertEquals(3, files.filter(file -> file.toString().endsWith(".jsonl")).count());
    }
    assertTrue(lines(0).get(lines(0).size() - 1).contains("\"r-99\""), "newest in file 0");
    assertTrue(Files.size(data.resolve("access/access.1.jsonl")) < 2 * 4_096);
    assertEquals(0, drops.get());
  }

  @Test
  void open_again_goesOn() throws IOException {
    for (String id : List.of("r-1", "r-2")) {
      try (AccessLog log = open(rules(1 << 20, 2))) {
        log.accept(request(id, null));
      }
    }
    assertEquals(2, lines(0).size());
  }

  @Test
  void folder_isTheOwnersAlone() throws IOException {
    open(rules(1 << 20, 2)).close();
    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("access"))));
  }

  @Test
  void accept_diskStandsStill_dropsAndCountsBeyondTheBound() throws IOException {
    Deque<Runnable> waiting = new ArrayDeque<>();
    AccessLog log =
        new AccessLog(rules(1 << 24, 2), "secret", waiting::add, drops::incrementAndGet);
    for (int i = 0; i < 4_100; i++) {
      log.accept(request("r-" + i, null));
    }
    assertEquals(4, drops.get());
    assertEquals(1, waiting.size(), "one task at a time");

    log.close(); // writes what waits, though its task never ran

    assertEquals(4_096, lines(0).size());
    log.accept(request("late", null));
    assertEquals(5, drops.get());
  }
}
