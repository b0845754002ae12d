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
  void add_sameBeginning_isTheSameAnswer() {
    check.add(Kvasir.NAME, PROMPT, TokenIds.of(7));
    check.add(Kvasir.NAME, PROMPT, TokenIds.of(7, 8, 9));
    assertDoesNotThrow(() -> check.add(Kvasir.NAME, PROMPT, TokenIds.of(7)));
    assertThrows(
        IllegalStateException.class, () -> check.add(Kvasir.NAME, PROMPT, TokenIds.of(7, 8, 10)));
  }

  @Test
  void agreement_tokensAfterTheFirstThatDiffers_areNotCompared() {
    check.add(Kvasir.NAME, PROMPT, TokenIds.of(7, 8, 9, 10));
    check.add("peer", PROMPT, TokenIds.of(7, 8, 5, 10));
    AnswerCheck.Agreement agreement = check.agreement("peer");
    assertEquals(2, agreement.equal());
    assertEquals(3, agreement.compared());
  }
}
