package dev.kvasir.bench.engine;

import dev.kvasir.inference.TokenIds;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lets several systems do the same cases, round after round. */
final class Rounds {
  /*
   * In each round every system does a case before the next case comes, so that a slow minute of the machine slows all
   * of them. The first round is for warm-up: kernels are made, prompts that cases share are computed, and what we
   * decoded in batches is decoded alone, for the check of answers. A repeat during which other programs took more than a
   * twentieth of the cores is measured again, a few times at most.
   */

  private static final double MOST_OTHERS = 0.05; // of all cores
  private static final int TRIES = 4;

  private record Alone(String system, TokenIds prompt) {}

  private final List<Contender> contenders;
  private final Prompts prompts;
  private final AnswerCheck answers;
  private final OtherLoad others;
  private final Set<Alone> decodedAlone = new HashSet<>();
  private int disturbed;

  /**
   * Of these, in this order.
   *
   * @param answers gets what each of them answers
   * @param others tells of each measurement whether it was disturbed
   */
  Rounds(List<Contender> contenders, Prompts prompts, AnswerCheck answers, OtherLoad others) {
    this.contenders = List.copyOf(contenders);
    this.prompts = prompts;
    this.answers = answers;
    this.others = others;
  }

  /**
   * Milliseconds by case and system's name, one figure a round.
   *
   * @param progress each single figure is printed to it as it comes
   */
  Map<Case, Map<String, List<Double>>> run(List<Case> cases, int repeats, PrintStream progress) {
    Map<Case, Map<String, List<Double>>> millis = new LinkedHashMap<>();
    for (int round = 0; round <= repeats; round++) {
      for (Case one : cases) {
        for (Contender contender : contenders) {
          if (!contender.does(one)) {
            continue;
          }
          if (round == 0) {
            runOnce(one, contender, progress);
            runAlone(one, contender);
          } else {
            millis
                .computeIfAbsent(one, unused -> new LinkedHashMap<>())
                .computeIfAbsent(contender.name(), unused -> new ArrayList<>())
                .add(measure(one, contender, progress));
          }
        }
      }
    }
    return millis;
  }

  /** Repeats in which other programs disturbed each try. */
  int disturbed() {
    return disturbed;
  }

  private double measure(Case one, Contender contender, PrintStream progress) {
    double millis = runOnce(one, contender, progress);
    int tries = 1;
    while (others.share() > MOST_OTHERS && tries < TRIES) {
      millis = runOnce(one, contender, progress);
      tries++;
    }
    disturbed += others.share() > MOST_OTHERS ? 1 : 0;
    return millis;
  }

  private double runOnce(Case one, Contender contender, PrintStream progress) {
    others.start();
    Timed timed = one.run(contender, prompts);
    others.stop();
    List<TokenIds> asked = one.prompts(prompts);
    for (int i = 0; i < asked.size(); i++) {
      add(contender, asked.get(i), timed.answers().get(i));
    }
    progress.printf(
        "%s, %s: %.1f ms; others took %.0f%% of the cores%n",
        one.name(), contender.name(), timed.millis(), 100 * others.share());
    return timed.millis();
  }

  private void add(Contender contender, TokenIds prompt, TokenIds answer) {
    contender
        .answersAs()
        .ifPresentOrElse(
            system -> answers.addOurs(system, prompt, answer),
            () -> answers.addTheirs(contender.name(), prompt, answer));
  }

  /** Decodes each of our prompts of a batch once more, with nobody beside it. */
  private void runAlone(Case one, Contender contender) {
    if (contender.answersAs().isPresent() && one instanceof Case.Decode decode) {
      for (TokenIds prompt : decode.prompts(prompts)) {
        if (decodedAlone.add(new Alone(contender.name(), prompt))) {
          Timed timed = contender.decode(List.of(prompt), Case.DECODE_STEPS);
          add(contender, prompt, timed.answers().get(0));
        }
      }
    }
  }
}
