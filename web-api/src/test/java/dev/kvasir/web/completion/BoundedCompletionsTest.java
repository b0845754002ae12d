package dev.kvasir.web.completion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kvasir.completion.CachePolicy;
import dev.kvasir.completion.CompletionFailedException;
import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.completion.CompletionService;
import dev.kvasir.completion.NoDecodeSlotException;
import dev.kvasir.completion.Prompt;
import dev.kvasir.inference.SamplingParams;
import dev.kvasir.web.TestingCompletionService;
import org.eclipse.microprofile.metrics.Counter;
import org.junit.jupiter.api.Test;

final class BoundedCompletionsTest {
  private static final CompletionRequest REQUEST =
      new CompletionRequest(
          "default", new Prompt.Text("Hi"), SamplingParams.GREEDY, 8, CachePolicy.USE);

  private final Counter refused = new TestingCounter();

  @Test
  void complete_overBound_refusedAtOnce() {
    BoundedCompletions bounded = bounded(1, TestingCompletionService.saying("a"));

    // The second comes while the first is at its token.
    bounded.complete(
        REQUEST,
        token -> {
          assertThrows(NoDecodeSlotException.class, () -> bounded.complete(REQUEST, next -> true));
          return true;
        });
    assertEquals(1, refused.getCount());
  }

  @Test
  void complete_finishedFailedCancelled_placeIsFree() {
    BoundedCompletions saying = bounded(1, TestingCompletionService.saying("a", "b"));
    saying.complete(REQUEST, token -> false);
    assertEquals("ab", saying.complete(REQUEST, token -> true).text());

    BoundedCompletions failing =
        bounded(
            1,
            TestingCompletionService.failing(
                new CompletionFailedException("x", new IllegalStateException())));
    for (int i = 0; i < 2; i++) {
      assertThrows(CompletionFailedException.class, () -> failing.complete(REQUEST, token -> true));
    }
  }

  private BoundedCompletions bounded(int max, CompletionService service) {
    BoundedCompletions bounded = new BoundedCompletions();
    bounded.completions = service;
    bounded.bound(max, refused);
    return bounded;
  }

  private static final class TestingCounter implements Counter {
    private long count;

    @Override
    public void inc() {
      count++;
    }

    @Override
    public void inc(long more) {
      count += more;
    }

    @Override
    public long getCount() {
      return count;
    }
  }
}
