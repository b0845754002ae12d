package dev.kvasir.web.completion;

import dev.kvasir.inference.ChatMessage;
import dev.kvasir.inference.ToolCall;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.openai.ChatCompletionRequest;
import dev.kvasir.web.tool.ToolCalls;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The messages of a conversation. */
final class ChatMessages {
  private static final Set<String> ROLES = Set.of("system", "user", "assistant", "tool");

  /** OpenAI's newer name for the system's role. */
  private static final String DEVELOPER = "developer";

  private ChatMessages() {}

  /**
   * Checks and translates, oldest first.
   *
   * @throws RequestFault naming the first field that is not as it must be
   */
  static List<ChatMessage> of(@Nullable List<ChatCompletionRequest.Message> messages) {
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
    List<ToolCall> calls = ToolCalls.of(message.toolCalls(), path + ".tool_calls");
    boolean needsNoText = !calls.isEmpty() && isNothing(message.content());
    return new ChatMessage(
        role(message.role(), path + ".role"),
        needsNoText ? "" : TextContent.ofMessage(message.content(), path + ".content"),
        calls,
        message.toolCallId());
  }

  private static boolean isNothing(@Nullable JsonValue content) {
    return content == null || content == JsonValue.NULL;
  }

  /**
   * A role as the chat template knows it.
   *
   * @throws RequestFault if it is missing or none
   */
  static String role(@Nullable String role, String path) {
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
