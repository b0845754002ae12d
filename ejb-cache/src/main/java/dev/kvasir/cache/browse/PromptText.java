package dev.kvasir.cache.browse;

import dev.kvasir.completion.CompletionRefusedException;
import dev.kvasir.inference.ChatMessage;
import dev.kvasir.inference.Conversation;
import java.util.List;
import java.util.function.Function;

/**
 * The beginning of a prompt.
 *
 * @param tenant whose request it would be
 * @param text of it
 * @param kind what the text is
 */
public record PromptText(String tenant, String text, Kind kind) {
  /** What a text is. */
  public enum Kind {
    /** The prompt as the model reads it, chat template included. */
    RENDERED,
    /** The system message of a chat. */
    SYSTEM
  }

  /** Does not tell the text. */
  @Override
  public String toString() {
    return "PromptText[%s, %d characters of %s]".formatted(kind, text.length(), tenant);
  }

  /**
   * How every prompt reads that begins so.
   *
   * @param template renders a conversation
   * @throws CompletionRefusedException if the template refuses the text, or changes it
   */
  public String rendered(Function<Conversation, String> template) {
    if (kind == Kind.RENDERED) {
      return text;
    }
    String system = text.strip();
    String chat = render(template, system);
    int start = chat.indexOf(system);
    if (system.isEmpty() || start < 0) {
      throw new CompletionRefusedException(
          "the model's chat template does not keep this system message as it is; send the text as"
              + " it stands in the rendered prompt");
    }
    return chat.substring(0, start + system.length());
  }

  private static String render(Function<Conversation, String> template, String system) {
    try {
      return template.apply(
          new Conversation(
              List.of(new ChatMessage("system", system), new ChatMessage("user", "?"))));
    } catch (IllegalArgumentException e) {
      throw new CompletionRefusedException(
          "the chat template refuses a system message: " + e.getMessage(), e);
    }
  }
}
