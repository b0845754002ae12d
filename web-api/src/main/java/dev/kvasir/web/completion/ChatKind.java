package dev.kvasir.web.completion;

import dev.kvasir.completion.Prompt;
import dev.kvasir.inference.Conversation;
import dev.kvasir.inference.ModelInfo;
import dev.kvasir.inference.ResponseFormat;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.openai.ChatCompletionRequest;
import dev.kvasir.web.tool.Tools;
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
    return new Prompt.Chat(
        new Conversation(ChatMessages.of(wire.messages()), tools(wire).json(), true));
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
  public UnsupportedFields unsupported(ModelInfo model) {
    return model.tools() ? UnsupportedFields.WITH_TOOLS : UnsupportedFields.COMPLETION;
  }

  @Override
  public @Nullable ResponseFormat format(ChatCompletionRequest wire) {
    ResponseFormat call = tools(wire).form();
    ResponseFormat format = ResponseFormatField.of(wire.responseFormat());
    if (call != null && format != null) {
      throw RequestFault.invalid(
          ResponseFormatField.FIELD,
          "response_format cannot be kept to where tool_choice requires a call; leave one of them"
              + " out.");
    }
    return call == null ? format : call;
  }

  @Override
  public String formatField(ChatCompletionRequest wire) {
    return tools(wire).form() == null ? ResponseFormatField.FIELD : "tools";
  }

  private static Tools tools(ChatCompletionRequest wire) {
    return Tools.of(wire.tools(), wire.toolChoice());
  }

  @Override
  public AnswerForm answer(AnswerHead head, int choices, ChatCompletionRequest wire) {
    ChatAnswer plain =
        new ChatAnswer(head, choices, StreamWish.includesUsage(wire.streamOptions()));
    Tools tools = tools(wire);
    return tools.any()
        ? new ToolAnswer(plain, tools, !Boolean.FALSE.equals(wire.parallelToolCalls()))
        : plain;
  }
}
