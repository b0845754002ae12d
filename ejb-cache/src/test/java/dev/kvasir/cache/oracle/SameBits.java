package dev.kvasir.cache.oracle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.oracle.OracleNode.Answer;
import dev.kvasir.completion.CacheReport;

/** The oracle itself: with the cache and without, answers are equal, bit for bit. */
final class SameBits {
  private SameBits() {}

  /** Compares an answer with one that was computed with the cache off; the former's report. */
  static CacheReport require(Answer cached, Answer computed, String what) {
    CacheReport report = cached.completion().cache();
    String how = "%s: %s against %s".formatted(what, report, computed.completion().cache());
    assertArrayEquals(computed.firstLogits(), cached.firstLogits(), "logits of " + how);
    assertEquals(computed.tokens(), cached.tokens(), "tokens of " + how);
    assertEquals(computed.completion().text(), cached.completion().text(), "text of " + how);
    assertEquals(
        cached.completion().promptTokens(),
        report.cachedTokens() + report.computedTokens(),
        "tokens by source of " + how);
    assertTrue(report.computedTokens() >= 1, how);
    assertEquals(0, computed.completion().cache().cachedTokens(), "cache off, " + how);
    return report;
  }
}
