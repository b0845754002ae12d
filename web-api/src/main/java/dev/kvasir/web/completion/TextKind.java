package dev.kvasir.web.completion;

import dev.kvasir.completion.Prompt;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.openai.TextCompletionRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Continuations of plain texts. */
record TextKind() implements CompletionKind<TextCompletionRequest> {
  /** OpenAI's default for this kind of request. */
  static final int DEFAULT_MAX_TOKENS = 16;

  /** OpenAI's bound for this kind of request. */
  private static final int MAX_LOGPROBS = 5;

  @Override
  public Class<TextCompletionRequest> wireType() {
    return TextCompletionRequest.class;
  }

  @Override
  public String idPrefix() {
    return "cmpl-";
  }

  @Override
  public Prompt prompt(TextCompletionRequest wire) {
    return new Prompt.Text(TextContent.ofPrompt(wire.prompt()));
  }

  @Override
  public @Nullable Integer maxNewTokens(TextCompletionRequest wire, int contextTokens) {
    int maxTokens = Objects.requireNonNullElse(wire.maxTokens(), DEFAULT_MAX_TOKENS);
    return AnswerLimit.check("max_tokens", maxTokens, contextTokens);
  }

  @Override
  public @Nullable Integer topLogprobs(TextCompletionRequest wire) {
    Integer top = wire.logprobs();
    if (top != null && (top < 0 || top > MAX_LOGPROBS)) {
      throw RequestFault.invalid(
          "logprobs", "logprobs is %d, but must be from 0 to %d.".formatted(top, MAX_LOGPROBS));
    }
    return top;
  }

  @Override
  public AnswerForm answer(AnswerHead head, int choices, TextCompletionRequest wire) {
    return new TextAnswer(head, choices, StreamWish.includesUsage(wire.streamOptions()));
  }
}
