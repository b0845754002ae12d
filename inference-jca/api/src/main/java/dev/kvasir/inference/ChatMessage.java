package dev.kvasir.inference;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message of a conversation.
 *
 * @param role {@code system}, {@code user}, {@code assistant} or {@code tool}
 * @param content its text; may be empty beside calls
 * @param toolCalls that the assistant asked for
 * @param toolCallId of the call whose result a tool's message is; null if it names none
 */
public record ChatMessage(
    String role, String content, List<ToolCall> toolCalls, @Nullable String toolCallId) {
  public ChatMessage {
    toolCalls = List.copyOf(toolCalls);
  }

  /** A text. */
  public ChatMessage(String role, String content) {
    this(role, content, List.of(), null);
  }
}
