package dev.kvasir.web.completion;

import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.Completion;
import dev.kvasir.completion.CompletionChoice;
import dev.kvasir.completion.Gap;
import dev.kvasir.completion.LoadEstimate;
import dev.kvasir.inference.FinishReason;
import dev.kvasir.web.openai.KvasirGap;
import dev.kvasir.web.openai.KvasirReport;
import dev.kvasir.web.openai.Usage;
import java.util.Locale;

/** What every kind of answer tells about its end. */
final class Counts {
  private Counts() {}

  /** {@code stop} or {@code length}. */
  static String finishReason(CompletionChoice choice) {
    assert choice.finishReason() != FinishReason.CANCELLED : "nobody is there to be told";
    return choice.finishReason().name().toLowerCase(Locale.ROOT);
  }

  static Usage usage(Completion completion) {
    return new Usage(
        completion.promptTokens(),
        completion.newTokens(),
        completion.promptTokens() + completion.newTokens(),
        new Usage.PromptTokensDetails(completion.cache().cachedTokens()));
  }

  static KvasirReport report(CacheReport cache, AnswerHead head) {
    LoadEstimate estimate = cache.estimate();
    return new KvasirReport(
        cache.poolTokens(),
        cache.nearTokens(),
        cache.localTokens(),
        cache.remoteTokens(),
        cache.diskTokens(),
        cache.computedTokens(),
        cache.missReason().label(),
        cache.lookupMillis(),
        cache.loadMillis(),
        cache.prefillMillis(),
        cache.node(),
        cache.gaps().stream().map(Counts::gap).toList(),
        estimate == null ? null : estimate.loadMillis(),
        estimate == null ? null : estimate.recomputeMillis(),
        head.route(),
        head.requestId(),
        ApproximateForm.of(cache.approximation()));
  }

  private static KvasirGap gap(Gap gap) {
    return new KvasirGap(gap.reason().label(), gap.tokens(), gap.policy(), gap.agoSeconds());
  }
}
