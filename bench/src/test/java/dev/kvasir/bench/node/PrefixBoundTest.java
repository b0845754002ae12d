package dev.kvasir.bench.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.inference.TokenIds;
import org.junit.jupiter.api.Test;

final class PrefixBoundTest {
  private final PrefixBound bound = new PrefixBound(2);

  @Test
  void share_nothing_zero() {
    assertEquals(0, bound.share());
  }

  @Test
  void share_samePromptTwice_allButTheLastToken() {
    bound.add(TokenIds.of(1, 2, 3, 4));
    bound.add(TokenIds.of(1, 2, 3, 4)); // its second block holds the last token

    assertEquals(2.0 / 8, bound.share());
    assertEquals(1, bound.footprintBlocks());
  }

  @Test
  void share_otherBeginning_nothingBehindIt() {
    bound.add(TokenIds.of(1, 2, 3, 4, 5));
    bound.add(TokenIds.of(9, 2, 3, 4, 5)); // 3, 4 stand there, but behind other tokens

    assertEquals(0, bound.share());
    assertEquals(4, bound.footprintBlocks());
  }

  @Test
  void share_longerPrompt_whatItContinues() {
    bound.add(TokenIds.of(1, 2, 3));
    bound.add(TokenIds.of(1, 2, 3, 4, 5));
    bound.add(TokenIds.of(1, 2, 3, 4, 6));

    assertEquals((2.0 + 4) / 13, bound.share());
  }
}
