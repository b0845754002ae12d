package dev.kvasir.bench.node;

import java.util.List;

/** How far an approximate answer is from the exact one. */
final class AnswerDistance {
  private AnswerDistance() {}

  /**
   * Kullback and Leibler's divergence of the next token's distribution, in nats.
   *
   * @param exact logits, (vocabulary)
   * @param other likewise
   */
  static double divergence(float[] exact, float[] other) {
    double exactNorm = logSumExp(exact);
    double otherNorm = logSumExp(other);
    double sum = 0;
    for (int i = 0; i < exact.length; i++) {
      double logP = exact[i] - exactNorm;
      sum += Math.exp(logP) * (logP - (other[i] - otherNorm));
    }
    return Math.max(0, sum);
  }

  private static double logSumExp(float[] logits) {
    double most = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      most = Math.max(most, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - most);
    }
    return most + Math.log(sum);
  }

  /** Share of the exact answer's tokens before the first that differs. */
  static double agreement(List<Integer> exact, List<Integer> other) {
    int same = 0;
    while (same < Math.min(exact.size(), other.size()) && exact.get(same).equals(other.get(same))) {
      same++;
    }
    return (double) same / Math.max(1, exact.size());
  }
}
