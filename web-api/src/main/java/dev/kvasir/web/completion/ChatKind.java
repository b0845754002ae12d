package dev.kvasir.web.completion;

import dev.kvasir.completion.Prompt;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.openai.ChatCompletionRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Answers to conversations. */
record ChatKind() implements CompletionKind<ChatCompletionRequest> {
  @Override
  public Class<ChatCompletionRequest> wireType() {
    return ChatCompletionRequest.class;
  }

  @Override
  public String idPrefix() {
    return "chatcmpl-";
  }

  @Override
  public Prompt prompt(ChatCompletionRequest wire) {
    return new Prompt.Chat(ChatMessages.of(wire.messages()));
  }

  @Override
  public @Nullable Integer maxNewTokens(ChatCompletionRequest wire, int contextTokens) {
    return wire.maxCompletionTokens() != null
        ? AnswerLimit.check("max_completion_tokens", wire.maxCompletionTokens(), contextTokens)
        : AnswerLimit.check("max_tokens", wire.maxTokens(), contextTokens);
  }

  @Override
  public @Nullable Integer topLogprobs(ChatCompletionRequest wire) {
    int top = Objects.requireNonNullElse(wire.topLogprobs(), 0);
    if (Boolean.TRUE.equals(wire.logprobs())) {
      return top;
    }
    if (top != 0) {
      throw RequestFault.invalid(
          "top_logprobs", "top_logprobs is %d, but needs logprobs to be true.".formatted(top));
    }
    return null;
  }

  @Override
  public AnswerForm answer(AnswerHead head, int choices, ChatCompletionRequest wire) {
    return new ChatAnswer(head, choices, StreamWish.includesUsage(wire.streamOptions()));
  }
}
