package dev.kvasir.web.completion;

import dev.kvasir.completion.Prompt;
import dev.kvasir.inference.ChatMessage;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.openai.ChatCompletionRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers to conversations. */
record ChatKind() implements CompletionKind<ChatCompletionRequest> {
  private static final Set<String> ROLES = Set.of("system", "user", "assistant", "tool");

  /** OpenAI's newer name for the system's role. */
  private static final String DEVELOPER = "developer";

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
    return new Prompt.Chat(messages(wire.messages()));
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
  public AnswerForm answer(AnswerHead head, int choices, boolean includeUsage) {
    return new ChatAnswer(head, choices, includeUsage);
  }

  private static List<ChatMessage> messages(
      @Nullable List<ChatCompletionRequest.Message> messages) {
    if (messages == null) {
      throw RequestFault.missing(
          "messages", "messages is missing; send an array of at least one message.");
    }
    if (messages.isEmpty()) {
      throw RequestFault.invalid("messages", "messages is empty, but needs at least one message.");
    }
    List<ChatMessage> translated = new ArrayList<>(messages.size());
    for (int i = 0; i < messages.size(); i++) {
      translated.add(message(messages.get(i), "messages[%d]".formatted(i)));
    }
    return translated;
  }

  private static ChatMessage message(ChatCompletionRequest.Message message, String path) {
    return new ChatMessage(
        role(message.role(), path + ".role"),
        TextContent.ofMessage(message.content(), path + ".content"));
  }

  private static String role(@Nullable String role, String path) {
    if (role == null) {
      throw RequestFault.missing(
          path, "%s is missing; send system, developer, user, assistant or tool.".formatted(path));
    }
    if (role.equals(DEVELOPER)) {
      return "system";
    }
    if (!ROLES.contains(role)) {
      throw RequestFault.invalid(
          path,
          "%s is \"%s\", but must be system, developer, user, assistant or tool."
              .formatted(path, Quoted.of(role)));
    }
    return role;
  }
}
