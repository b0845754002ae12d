package dev.kvasir.bench.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.bench.report.Measurements;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServeReportTest {
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();

  @Test
  void print_times_countFromWhenARequestWasDue() {
    Measurements figures =
        report(
            answer(0, 0, 1.0, List.of(1.1, 1.2, 1.4), 1.5, new Answer.Tokens(100, 0, 3)),
            answer(1, 0, 2.0, List.of(2.3, 2.4, 2.5), 2.5, new Answer.Tokens(100, 75, 3)));
    assertEquals(100, value(figures, "load", "ttft p50"), 1e-6);
    assertEquals(300, value(figures, "load", "ttft p99"), 1e-6);
    assertEquals(100, value(figures, "load", "inter-token p50"), 1e-6);
    assertEquals(200, value(figures, "load", "inter-token p99"), 1e-6);
    assertEquals(500, value(figures, "load", "e2e p50"), 1e-6);
  }

  @Test
  void print_totals_areOverTheWholeRun() {
    Measurements figures =
        report(
            answer(0, 0, 0, List.of(1.0), 1.5, new Answer.Tokens(100, 0, 4)),
            answer(1, 0, 0, List.of(1.0), 2.0, new Answer.Tokens(300, 100, 6)),
            failed(2, 0, "503 busy"));
    assertEquals(3, value(figures, "load", "requests"));
    assertEquals(1, value(figures, "load", "errors"));
    assertEquals(2 / 2.0, value(figures, "load", "request throughput"));
    assertEquals(10 / 2.0, value(figures, "load", "output throughput"));
    assertEquals(100 / 400.0, value(figures, "load", "cached prompt tokens"));
    assertTrue(printed().contains("1 failed: 503 busy"));
  }

  @Test
  void print_conversations_tellEachRound() {
    Measurements figures =
        report(
            answer(0, 0, 0, List.of(0.4), 1, new Answer.Tokens(100, 0, 1)),
            answer(0, 1, 1, List.of(1.1), 2, new Answer.Tokens(200, 150, 1)));
    assertEquals(400, value(figures, "load round 1", "ttft p50"), 1e-6);
    assertEquals(100, value(figures, "load round 2", "ttft p50"), 1e-6);
    assertEquals(0, value(figures, "load round 1", "cached prompt tokens"));
    assertEquals(0.75, value(figures, "load round 2", "cached prompt tokens"));
  }

  @Test
  void print_nothingButFailures_hasNoTimes() {
    Measurements figures = report(failed(0, 0, "no server"), failed(1, 0, "no server"));
    assertTrue(figures.find("load", "system", "ttft p50").isEmpty());
    assertEquals(2, value(figures, "load", "errors"));
    assertEquals(0, value(figures, "load", "cached prompt tokens"));
    assertTrue(printed().contains("2 failed: no server"));
    assertFalse(printed().contains("NaN"));
  }

  private Measurements report(Answer... answers) {
    return new ServeReport("load", "system", List.of(answers))
        .print(new PrintStream(text, true, StandardCharsets.UTF_8));
  }

  private String printed() {
    return text.toString(StandardCharsets.UTF_8);
  }

  private static double value(Measurements figures, String testCase, String metric) {
    return figures.find(testCase, "system", metric).orElseThrow().value();
  }

  private static Answer answer(
      int conversation,
      int round,
      double due,
      List<Double> pieces,
      double end,
      Answer.Tokens tokens) {
    Turn turn = new Turn(conversation, round, "", "question", 16);
    return new Answer(turn, new Answer.Seconds(due, pieces, end), "text", tokens, "");
  }

  private static Answer failed(int conversation, int round, String error) {
    Turn turn = new Turn(conversation, round, "", "question", 16);
    Answer.Seconds seconds = new Answer.Seconds(0, List.of(), 0.5);
    return new Answer(turn, seconds, "", Answer.Tokens.UNKNOWN, error);
  }
}
