package dev.kvasir.cache.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.RequestSummary;
import dev.kvasir.cache.testing.TestingBlockStore;
import dev.kvasir.cache.testing.TestingNode;
import dev.kvasir.completion.CachePolicy;
import dev.kvasir.completion.CompletionFailedException;
import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.completion.ContextLengthExceededException;
import dev.kvasir.completion.Priority;
import dev.kvasir.completion.Prompt;
import dev.kvasir.completion.Sharing;
import dev.kvasir.completion.TokenSink;
import dev.kvasir.inference.SamplingParams;
import java.util.EnumSet;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is told of requests at their end. */
final class RequestStoryTest {
  private static final String TEXT = "a shared beginning"; // 19 tokens, 4 shareable blocks

  private final TestingNode node = new TestingNode("a", new TestingBlockStore());

  private FinishedRequest told(String text, int newTokens, TokenSink sink) {
    node.completions.complete(
        new CompletionRequest(
            "t",
            new Prompt.Text(text),
            SamplingParams.GREEDY,
            newTokens,
            1,
            CachePolicy.USE,
            Sharing.WIDEST,
            Priority.NORMAL,
            System.nanoTime(),
            "r-1"),
        sink);
    return last();
  }

  private FinishedRequest last() {
    return node.observer.finished.get(node.observer.finished.size() - 1);
  }

  @Test
  void finished_answered_tellsNumbersNamesAndEveryPhase() {
    long before = System.currentTimeMillis();
    FinishedRequest finished = told(TEXT, 5, token -> true);

    RequestSummary summary = finished.summary();
    assertEquals("r-1", summary.id());
    assertEquals("a", summary.node());
    assertEquals("t", summary.tenant());
    assertEquals("testing", summary.model());
    assertEquals("ok", summary.status());
    assertEquals(19, summary.promptTokens());
    assertEquals(5, summary.answerTokens());
    assertEquals(19, Objects.requireNonNull(summary.cache()).computedTokens());
    assertTrue(Math.abs(summary.arrivedEpochMillis() - before) < 60_000);
    assertTrue(summary.firstTokenMillis() <= summary.totalMillis());
    assertEquals(node.prefix("t", TEXT).hashes(), finished.blocks());
    assertEquals(EnumSet.allOf(Phase.class), finished.phases().keySet());
    double busyMillis =
        finished.phases().values().stream().mapToLong(Phase.Span::busyNanos).sum() / 1e6;
    assertTrue(busyMillis <= summary.totalMillis(), "phases do not overlap");
  }

  @Test
  void finished_clientLeft_cancelled() {
    assertEquals("cancelled", told(TEXT, 5, token -> false).summary().status());
  }

  @Test
  void finished_tooLong_refusalAndNoCache() {
    assertThrows(
        ContextLengthExceededException.class, () -> told("x".repeat(300), 5, token -> true));
    assertEquals("context_length", last().summary().status());
    assertNull(last().summary().cache());
    assertFalse(last().phases().containsKey(Phase.QUEUE));
  }

  @Test
  void finished_engineBroke_failed() {
    told(TEXT, 1, token -> true);
    node.slots.failAtOpen("the engine broke");
    assertThrows(CompletionFailedException.class, () -> told(TEXT, 5, token -> true));
    assertEquals("failed", last().summary().status());
  }
}
