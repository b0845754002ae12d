package dev.kvasir.bench.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AnswerDistanceTest {
  @Test
  void divergence_shiftedLogits_none() {
    float[] logits = {1, 2, 3};
    assertEquals(0, AnswerDistance.divergence(logits, new float[] {1_001, 1_002, 1_003}), 1e-6);
  }

  @Test
  void divergence_halvesAgainstOneToThree_asByHand() {
    float[] even = {0, 0};
    float[] uneven = {0, (float) Math.log(3)};
    double byHand = 0.5 * Math.log(0.5 / 0.25) + 0.5 * Math.log(0.5 / 0.75);
    assertEquals(byHand, AnswerDistance.divergence(even, uneven), 1e-6);
  }

  @Test
  void agreement_upToTheFirstOther() {
    assertEquals(1, AnswerDistance.agreement(List.of(1, 2), List.of(1, 2)));
    assertEquals(0.5, AnswerDistance.agreement(List.of(1, 2, 3, 4), List.of(1, 2, 9, 4)));
    assertEquals(0.5, AnswerDistance.agreement(List.of(1, 2), List.of(1)));
    assertEquals(0, AnswerDistance.agreement(List.of(1), List.of()));
  }
}
