package dev.kvasir.bench.engine;

import dev.kvasir.bench.engine.AnswerCheck.Agreement;
import dev.kvasir.bench.report.Measurements;
import dev.kvasir.inference.TokenIds;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/** How near other systems' answers are to ours, and whether that is near enough. */
final class AnswerReport {
  static final String CASE = "answers";
  static final String WORST_GAP = "worst gap of kvasir's";

  private final AnswerCheck answers;
  private final Measurements measurements;

  /** Adds its figures to {@code measurements}. */
  AnswerReport(AnswerCheck answers, Measurements measurements) {
    this.answers = answers;
    this.measurements = measurements;
  }

  /**
   * Prints a line for each system whose answers need not be ours. The measurements have failed if
   * one of our tokens is further than a near tie from what another system takes in its place.
   */
  void print(PrintStream out, List<Contender> contenders, List<Case> cases, Prompts prompts) {
    for (Contender contender : contenders) {
      if (contender.answersAs().filter(Kvasir.NAME_WITH_INT8::equals).isPresent()) {
        Agreement agreement = agreement(contender);
        out.printf(
            "%s: so are its own; %d of %d tokens are kvasir's%n",
            contender.name(), agreement.equal(), agreement.compared());
      }
      if (contender instanceof Judge judge) {
        print(out, judge, gaps(judge, cases, prompts));
      }
    }
  }

  private Agreement agreement(Contender contender) {
    Agreement agreement = answers.agreement(contender.name());
    add(contender, "tokens compared", "1", agreement.compared());
    add(contender, "tokens equal to kvasir's", "1", agreement.equal());
    return agreement;
  }

  private void add(Contender contender, String metric, String unit, double value) {
    measurements.add(CASE, contender.name(), metric, unit, List.of(value));
  }

  private double[] gaps(Judge judge, List<Case> cases, Prompts prompts) {
    return cases.stream()
        .filter(judge::does)
        .flatMapToDouble(one -> gaps(judge, one.prompts(prompts)))
        .toArray();
  }

  private DoubleStream gaps(Judge judge, List<TokenIds> prompts) {
    return Arrays.stream(judge.gaps(prompts, prompts.stream().map(answers::ours).toList()))
        .flatMapToDouble(Arrays::stream);
  }

  private void print(PrintStream out, Judge judge, double[] gaps) {
    Agreement agreement = agreement(judge);
    long near = Arrays.stream(gaps).filter(gap -> gap <= AnswerCheck.NEAR_TIE).count();
    double worst = Arrays.stream(gaps).max().orElse(0);
    if (Double.isFinite(worst)) { // JSON has no other numbers
      add(judge, WORST_GAP, "logits", worst);
    }
    String judgement =
        "to it, %d of %d tokens of kvasir's are the best or within %.1f logits of it, the worst is %.2f off"
            .formatted(near, gaps.length, AnswerCheck.NEAR_TIE, worst);
    out.printf(
        "%s: %d of %d tokens are kvasir's; %s%n",
        judge.name(), agreement.equal(), agreement.compared(), judgement);
    if (near < gaps.length) {
      measurements.fail(
          "the answers of %s and of kvasir differ by more than near ties: %s"
              .formatted(judge.name(), judgement));
    }
  }
}
