package dev.kvasir.bench.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.bench.report.Machine;
import dev.kvasir.inference.TokenIds;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RoundsTest {
  private static final Case PREFILL = new Case.Prefill(0, 40);
  private static final Case DECODE = new Case.Decode(2, 40);

  private final List<String> calls = new ArrayList<>();
  private final Prompts prompts = new Prompts(text -> TokenIds.of(text.chars().toArray()));
  private final AnswerCheck answers = new AnswerCheck();
  private final Queue<Double> otherShares = new ArrayDeque<>();

  @Test
  void run_severalSystems_takeTurnsInEachCaseOfEachRound() {
    TestingContender ours = new TestingContender("kvasir", calls).ours();
    run(List.of(ours, new TestingContender("peer", calls)), List.of(PREFILL, DECODE), 2);
    List<String> round =
        List.of("kvasir prefill", "peer prefill", "kvasir decode-2", "peer decode-2");
    List<String> warmUp = new ArrayList<>(round);
    warmUp.addAll(3, List.of("kvasir decode-1", "kvasir decode-1")); // alone
    assertEquals(warmUp, calls.subList(0, 6));
    assertEquals(round, calls.subList(6, 10));
    assertEquals(round, calls.subList(10, 14));
    assertEquals(14, calls.size());
  }

  @Test
  void run_roundForWarmUp_isNotAmongTheFigures() {
    TestingContender ours = new TestingContender("kvasir", calls).ours().takes(100.0, 3.0, 2.0);
    Map<Case, Map<String, List<Double>>> millis = run(List.of(ours), List.of(PREFILL), 2);
    assertEquals(Map.of(PREFILL, Map.of("kvasir", List.of(3.0, 2.0))), millis);
  }

  @Test
  void run_repeatThatOthersDisturbed_isMeasuredAgain() {
    otherShares.addAll(List.of(0.0, 0.5, 0.06, 0.01)); // warm-up, then three tries
    TestingContender ours = new TestingContender("kvasir", calls).ours().takes(9.0, 8.0, 7.0, 2.0);
    Rounds rounds = rounds(List.of(ours));
    assertEquals(
        Map.of(PREFILL, Map.of("kvasir", List.of(2.0))),
        rounds.run(List.of(PREFILL), 1, nowhere()));
    assertEquals(0, rounds.disturbed());
  }

  @Test
  void run_repeatThatIsAlwaysDisturbed_isKeptAndCountedAfterFourTries() {
    otherShares.addAll(List.of(0.0, 0.5, 0.5, 0.5, 0.5, 0.0));
    TestingContender ours =
        new TestingContender("kvasir", calls).ours().takes(9.0, 8.0, 7.0, 6.0, 5.0, 4.0);
    Rounds rounds = rounds(List.of(ours));
    assertEquals(
        Map.of(PREFILL, Map.of("kvasir", List.of(5.0, 4.0))),
        rounds.run(List.of(PREFILL), 2, nowhere()));
    assertEquals(1, rounds.disturbed());
  }

  @Test
  void run_answers_areOursOrComparedWithOurs() {
    TestingContender ours = new TestingContender("kvasir", calls).ours();
    run(List.of(ours, new TestingContender("peer", calls)), List.of(DECODE), 1);
    assertEquals(new AnswerCheck.Agreement(66, 66), answers.agreement("peer"));
  }

  private Map<Case, Map<String, List<Double>>> run(
      List<Contender> contenders, List<Case> cases, int repeats) {
    return rounds(contenders).run(cases, repeats, nowhere());
  }

  /** Each measurement takes a second by the clock, of which others take the next told share. */
  private Rounds rounds(List<Contender> contenders) {
    long[] readings = {0};
    long[] ticks = {0};
    OtherLoad others =
        new OtherLoad(
            () -> {
              boolean isEnd = readings[0]++ % 2 == 1;
              Double share = isEnd ? otherShares.poll() : null;
              ticks[0] += share == null ? 0 : 2 + Math.round(share * Machine.cores() * 100);
              return ticks[0];
            },
            () -> TimeUnit.SECONDS.toNanos(readings[0]));
    return new Rounds(contenders, prompts, answers, others);
  }

  private static PrintStream nowhere() {
    return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  }
}
