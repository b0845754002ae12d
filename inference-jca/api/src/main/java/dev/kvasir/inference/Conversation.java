package dev.kvasir.inference;

import java.util.List;

/**
 * What a chat template renders.
 *
 * @param messages oldest first, at least one
 * @param addGenerationPrompt whether the head of the assistant's answer comes last
 */
public record Conversation(List<ChatMessage> messages, boolean addGenerationPrompt) {
  public Conversation {
    messages = List.copyOf(messages);
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("messages is empty, but needs at least one message");
    }
  }

  /** One that the assistant is to answer. */
  public Conversation(List<ChatMessage> messages) {
    this(messages, true);
  }
}
