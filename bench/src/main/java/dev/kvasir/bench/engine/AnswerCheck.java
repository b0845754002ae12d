package dev.kvasir.bench.engine;

import dev.kvasir.inference.TokenIds;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whether all that was measured gave the right answers: a figure without is worth nothing. */
final class AnswerCheck {
  /*
   * Our own answer to a prompt must be the same in every repeat, in every batch and alone, with drafts or without; with
   * weights of 8 bits it is another one, of which the same holds. Other systems round elsewhere, so their tokens may
   * differ where two are nearly equal. So two things are told of them: how many of their own tokens are ours, up to the
   * first that is not (after it a continuation is free), and, where they can look at our answers, how far each of our
   * tokens is from the one that they would take in its place.
   */

  /** Largest gap of a token that counts as nearly the best: bfloat16 moves logits by this much. */
  static final double NEAR_TIE = 0.5;

  /** Tokens of another system that are ours, of those that were compared. */
  record Agreement(int equal, int compared) {}

  private final Map<String, Map<TokenIds, TokenIds>> bySystem = new HashMap<>();

  /** Notes another system's answer. */
  void addTheirs(String system, TokenIds prompt, TokenIds answer) {
    answersOf(system).put(prompt, answer);
  }

  /** By prompt, in the order of their coming. */
  private Map<TokenIds, TokenIds> answersOf(String system) {
    return bySystem.computeIfAbsent(system, unused -> new LinkedHashMap<>());
  }

  /**
   * Checks one of our answers; a longer one of another case may go on from it.
   *
   * @param system whose answers it must equal
   * @throws IllegalStateException if it differs from an earlier one
   */
  void addOurs(String system, TokenIds prompt, TokenIds answer) {
    Map<TokenIds, TokenIds> ours = answersOf(system);
    TokenIds before = ours.getOrDefault(prompt, answer);
    int equal = equalTokens(before, answer);
    if (equal < Math.min(before.size(), answer.size())) {
      throw new IllegalStateException(
          "token %d of %s's answer to a prompt of %d tokens is %d, but was %d before"
              .formatted(equal, system, prompt.size(), answer.get(equal), before.get(equal)));
    }
    ours.put(prompt, before.size() > answer.size() ? before : answer);
  }

  /** Compares a system's answers with kvasir's. */
  Agreement agreement(String system) {
    int equal = 0;
    int compared = 0;
    for (var entry : answersOf(system).entrySet()) {
      TokenIds own = ours(entry.getKey());
      int same = equalTokens(own, entry.getValue());
      equal += same;
      compared += Math.min(same + 1, Math.min(own.size(), entry.getValue().size()));
    }
    return new Agreement(equal, compared);
  }

  /** Kvasir's longest answer to a prompt; no tokens if there is none. */
  TokenIds ours(TokenIds prompt) {
    return answersOf(Kvasir.NAME).getOrDefault(prompt, TokenIds.of());
  }

  private static int equalTokens(TokenIds a, TokenIds b) {
    int equal = 0;
    while (equal < Math.min(a.size(), b.size()) && a.get(equal) == b.get(equal)) {
      equal++;
    }
    return equal;
  }
}
