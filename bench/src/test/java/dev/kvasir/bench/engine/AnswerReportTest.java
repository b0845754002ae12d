package dev.kvasir.bench.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.bench.report.Measurements;
import dev.kvasir.inference.TokenIds;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerReportTest {
  private static final Case DECODE = new Case.Decode(2, 40);

  private final Prompts prompts = new Prompts(text -> TokenIds.of(text.chars().toArray()));
  private final AnswerCheck answers = new AnswerCheck();
  private final Measurements measurements = new Measurements();
  private final TestingContender ours = new TestingContender(Kvasir.NAME, new ArrayList<>()).ours();
  private final TestingContender peer = new TestingContender("peer", new ArrayList<>());

  @Test
  void print_nearTies_areNoFailure() {
    peer.gap(AnswerCheck.NEAR_TIE);
    String text = print();
    assertEquals(
        "peer: 66 of 66 tokens are kvasir's; to it, 66 of 66 tokens of kvasir's are the best or within"
            + " 0.5 logits of it, the worst is 0.50 off\n",
        text);
    assertEquals(List.of(), measurements.failures());
  }

  @Test
  void print_tokenFurtherThanANearTie_failsTheRun() {
    peer.gap(0.75);
    assertTrue(print().contains("64 of 66 tokens of kvasir's are the best"));
    assertEquals(1, measurements.failures().size());
    String failure = measurements.failures().get(0);
    assertTrue(
        failure.startsWith("the answers of peer and of kvasir differ by more than near ties"));
    assertTrue(failure.contains("the worst is 0.75 off"), failure);
  }

  @Test
  void print_gapThatIsNoNumber_failsTheRun() {
    peer.gap(Double.NaN);
    print();
    assertEquals(1, measurements.failures().size());
  }

  @Test
  void print_figures_areMeasurements() {
    peer.gap(0.25);
    print();
    assertEquals(0.25, value(AnswerReport.WORST_GAP));
    assertEquals(66, value("tokens compared"));
    assertEquals(66, value("tokens equal to kvasir's"));
  }

  private double value(String metric) {
    return measurements.find(AnswerReport.CASE, "peer", metric).orElseThrow().value();
  }

  /** What it prints after both systems decoded. */
  private String print() {
    for (TestingContender contender : List.of(ours, peer)) {
      List<TokenIds> asked = DECODE.prompts(prompts);
      Timed timed = DECODE.run(contender, prompts);
      for (int i = 0; i < asked.size(); i++) {
        TokenIds answer = timed.answers().get(i);
        if (contender.answersAs().isPresent()) {
          answers.addOurs(Kvasir.NAME, asked.get(i), answer);
        } else {
          answers.addTheirs(contender.name(), asked.get(i), answer);
        }
      }
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    new AnswerReport(answers, measurements)
        .print(
            new PrintStream(text, true, StandardCharsets.UTF_8),
            List.of(peer),
            List.of(DECODE),
            prompts);
    return text.toString(StandardCharsets.UTF_8);
  }
}
