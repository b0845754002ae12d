package dev.kvasir.completion;

import dev.kvasir.inference.ChatMessage;
import dev.kvasir.inference.Conversation;
import java.util.List;

/** What is to be completed. */
public sealed interface Prompt {
  /** A conversation; the model's chat template renders it. */
  record Chat(Conversation conversation) implements Prompt {
    /** One that the assistant is to answer. */
    public Chat(List<ChatMessage> messages) {
      this(new Conversation(messages));
    }
  }

  /** Plain text, continued as it stands. */
  record Text(String text) implements Prompt {}
}
