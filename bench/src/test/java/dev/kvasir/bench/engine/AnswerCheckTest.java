package dev.kvasir.bench.engine;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kvasir.inference.TokenIds;
import org.junit.jupiter.api.Test;

class AnswerCheckTest {
  private static final TokenIds PROMPT = TokenIds.of(1, 2, 3);

  private final AnswerCheck check = new AnswerCheck();

  @Test
  void addOurs_sameBeginning_isTheSameAnswer() {
    check.addOurs(Kvasir.NAME, PROMPT, TokenIds.of(7));
    check.addOurs(Kvasir.NAME, PROMPT, TokenIds.of(7, 8, 9));
    assertDoesNotThrow(() -> check.addOurs(Kvasir.NAME, PROMPT, TokenIds.of(7)));
    assertThrows(
        IllegalStateException.class,
        () -> check.addOurs(Kvasir.NAME, PROMPT, TokenIds.of(7, 8, 10)));
  }

  @Test
  void agreement_tokensAfterTheFirstThatDiffers_areNotCompared() {
    check.addOurs(Kvasir.NAME, PROMPT, TokenIds.of(7, 8, 9, 10));
    check.addTheirs("peer", PROMPT, TokenIds.of(7, 8, 5, 10));
    AnswerCheck.Agreement agreement = check.agreement("peer");
    assertEquals(2, agreement.equal());
    assertEquals(3, agreement.compared());
  }

  @Test
  void addOurs_otherWeights_anAnswerOfTheirOwn() {
    check.addOurs(Kvasir.NAME, PROMPT, TokenIds.of(7, 8));
    check.addOurs(Kvasir.NAME_WITH_INT8, PROMPT, TokenIds.of(7, 9));
    assertThrows(
        IllegalStateException.class,
        () -> check.addOurs(Kvasir.NAME_WITH_INT8, PROMPT, TokenIds.of(7, 8)));
    assertEquals(new AnswerCheck.Agreement(1, 2), check.agreement(Kvasir.NAME_WITH_INT8));
    assertEquals(TokenIds.of(7, 8), check.ours(PROMPT));
  }
}
