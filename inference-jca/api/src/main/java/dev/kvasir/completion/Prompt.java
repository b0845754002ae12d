package dev.kvasir.completion;

import dev.kvasir.inference.ChatMessage;
import java.util.List;

/** What is to be completed. */
public sealed interface Prompt {
  /** A conversation; the model's chat template renders it. */
  record Chat(List<ChatMessage> messages) implements Prompt {
    public Chat {
      messages = List.copyOf(messages);
      if (messages.isEmpty()) {
        throw new IllegalArgumentException("messages is empty, but needs at least one message");
      }
    }
  }

  /** Plain text, continued as it stands. */
  record Text(String text) implements Prompt {}
}
