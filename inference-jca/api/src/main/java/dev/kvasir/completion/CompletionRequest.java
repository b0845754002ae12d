package dev.kvasir.completion;

import dev.kvasir.inference.SamplingParams;
import dev.kvasir.inference.SequenceRequest;
import org.jspecify.annotations.Nullable;

/**
 * One request.
 *
 * @param tenant who asks; whoever has the same tenant shares blocks. The caller answers for it: it
 *     is trusted, as code on this server. HTTP's callers are {@code default}
 * @param prompt what is to be completed
 * @param sampling how tokens are chosen
 * @param maxNewTokens most tokens of an answer; null for what the context allows
 * @param choices answers wanted, 1 to 8; the one with index i is chosen with the seed + i
 * @param cache whether the cache takes part
 * @param sharing with whom, if it does
 * @param priority how urgent it is, while it waits for a decode slot
 * @param arrivalNanos when it arrived, by this JVM's {@link System#nanoTime}; the time to its first
 *     token counts from then
 * @param id by which it is found again, a valid {@link RequestId}
 * @param passages that it marks, and how they are reused
 */
public record CompletionRequest(
    String tenant,
    Prompt prompt,
    SamplingParams sampling,
    @Nullable Integer maxNewTokens,
    int choices,
    CachePolicy cache,
    Sharing sharing,
    Priority priority,
    long arrivalNanos,
    String id,
    Passages passages) {
  public CompletionRequest {
    if (tenant.isBlank()) {
      throw new IllegalArgumentException("the tenant has no name");
    }
    if (maxNewTokens != null && maxNewTokens < 1) {
      throw new IllegalArgumentException(
          "max_tokens is %d, but must be at least 1".formatted(maxNewTokens));
    }
    if (choices < 1 || choices > SequenceRequest.MAX_CHOICES) {
      throw new IllegalArgumentException(
          "n is %d, but must be from 1 to %d".formatted(choices, SequenceRequest.MAX_CHOICES));
    }
    if (!RequestId.isValid(id)) {
      throw new IllegalArgumentException(
          "the request's id must be 1 to 128 letters, digits and . _ : / + = @ -");
    }
  }

  /** A request for one answer, shared as widely as it may be, of normal priority, arriving now. */
  public CompletionRequest(
      String tenant,
      Prompt prompt,
      SamplingParams sampling,
      @Nullable Integer maxNewTokens,
      CachePolicy cache) {
    this(
        tenant,
        prompt,
        sampling,
        maxNewTokens,
        1,
        cache,
        Sharing.WIDEST,
        Priority.NORMAL,
        System.nanoTime(),
        RequestId.random());
  }

  /** A request that marks no passages. */
  public CompletionRequest(
      String tenant,
      Prompt prompt,
      SamplingParams sampling,
      @Nullable Integer maxNewTokens,
      int choices,
      CachePolicy cache,
      Sharing sharing,
      Priority priority,
      long arrivalNanos,
      String id) {
    this(
        tenant,
        prompt,
        sampling,
        maxNewTokens,
        choices,
        cache,
        sharing,
        priority,
        arrivalNanos,
        id,
        Passages.NONE);
  }
}
