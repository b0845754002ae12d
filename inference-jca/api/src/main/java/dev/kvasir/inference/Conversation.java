package dev.kvasir.inference;

import java.util.List;

/**
 * What a chat template renders.
 *
 * @param messages oldest first, at least one
 * @param tools that the model may call, each as JSON: an object with {@code type} and {@code
 *     function}, as OpenAI has it
 * @param addGenerationPrompt whether the head of the assistant's answer comes last
 */
public record Conversation(
    List<ChatMessage> messages, List<String> tools, boolean addGenerationPrompt) {
  public Conversation {
    messages = List.copyOf(messages);
    tools = List.copyOf(tools);
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("messages is empty, but needs at least one message");
    }
  }

  /** One without tools that the assistant is to answer. */
  public Conversation(List<ChatMessage> messages) {
    this(messages, List.of(), true);
  }
}
