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
    check.addOurs(PROMPT, TokenIds.of(7));
    check.addOurs(PROMPT, TokenIds.of(7, 8, 9));
    assertDoesNotThrow(() -> check.addOurs(PROMPT, TokenIds.of(7)));
    assertThrows(IllegalStateException.class, () -> check.addOurs(PROMPT, TokenIds.of(7, 8, 10)));
  }

  @Test
  void agreement_tokensAfterTheFirstThatDiffers_areNotCompared() {
    check.addOurs(PROMPT, TokenIds.of(7, 8, 9, 10));
    check.addTheirs("peer", PROMPT, TokenIds.of(7, 8, 5, 10));
    AnswerCheck.Agreement agreement = check.agreement("peer");
    assertEquals(2, agreement.equal());
    assertEquals(3, agreement.compared());
  }
}
