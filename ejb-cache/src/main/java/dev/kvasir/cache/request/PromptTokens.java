package dev.kvasir.cache.request;

import dev.kvasir.completion.CompletionRefusedException;
import dev.kvasir.completion.Prompt;
import dev.kvasir.inference.Model;
import dev.kvasir.inference.TokenIds;

/** A prompt as the model reads it. */
final class PromptTokens {
  private PromptTokens() {}

  static TokenIds of(Model model, Prompt prompt) {
    TokenIds tokens =
        prompt instanceof Prompt.Chat chat
            ? model.tokenize(render(model, chat), false)
            : model.tokenize(((Prompt.Text) prompt).text(), true);
    if (tokens.size() == 0) {
      throw new CompletionRefusedException("the prompt is empty, but needs at least one token");
    }
    return tokens;
  }

  private static String render(Model model, Prompt.Chat chat) {
    try {
      return model.applyChatTemplate(chat.messages());
    } catch (IllegalArgumentException e) {
      throw new CompletionRefusedException(
          "the chat template refuses the messages: " + e.getMessage(), e);
    }
  }
}
