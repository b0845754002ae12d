package dev.kvasir.cache.request;

import dev.kvasir.cache.semantic.Matches;
import dev.kvasir.completion.CompletionRefusedException;
import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.completion.ContextLengthExceededException;
import dev.kvasir.completion.MarkedPassage;
import dev.kvasir.completion.PassageRefusedException;
import dev.kvasir.completion.Prompt;
import dev.kvasir.inference.Model;
import dev.kvasir.inference.TokenIds;
import java.util.List;

/** A prompt as the model reads it. */
final class PromptTokens {
  /**
   * Of a text with more characters than this for each token of the context, a part tells enough.
   */
  private static final int TELLING_CHARS = 16;

  private PromptTokens() {}

  /**
   * Reads a prompt.
   *
   * @throws CompletionRefusedException if it cannot be rendered, or is empty
   * @throws ContextLengthExceededException if its beginning alone is too long for the context, so
   *     that megabytes need not be read to be refused
   */
  static TokenIds of(Model model, Prompt prompt) {
    TokenIds tokens = tokenize(model, text(model, prompt), prompt instanceof Prompt.Text);
    if (tokens.size() == 0) {
      throw new CompletionRefusedException("the prompt is empty, but needs at least one token");
    }
    return tokens;
  }

  /**
   * Checks that a request's passages are parts of its prompt.
   *
   * @throws PassageRefusedException naming the first that is not
   */
  static void requirePassages(Model model, CompletionRequest request) {
    List<MarkedPassage> marked = request.passages().marked();
    if (marked.isEmpty()) {
      return;
    }
    String text = text(model, request.prompt());
    for (MarkedPassage passage : marked) {
      if (!Matches.contains(text, passage.text())) {
        throw new PassageRefusedException(
            "the text of passage \"%s\" does not stand in the prompt; it must be a part of it, character for character"
                .formatted(passage.id()));
      }
    }
  }

  /**
   * The text that the model reads.
   *
   * @throws CompletionRefusedException if a conversation cannot be rendered
   */
  static String text(Model model, Prompt prompt) {
    return prompt instanceof Prompt.Chat chat ? render(model, chat) : ((Prompt.Text) prompt).text();
  }

  private static TokenIds tokenize(Model model, String text, boolean addSpecialTokens) {
    int contextTokens = model.info().contextTokens();
    long telling = (long) TELLING_CHARS * contextTokens;
    if (text.length() > 2 * telling) {
      int cut = (int) telling - (Character.isLowSurrogate(text.charAt((int) telling)) ? 1 : 0);
      int tokens = model.tokenize(text.substring(0, cut), addSpecialTokens).size();
      if (tokens > contextTokens) {
        throw new ContextLengthExceededException(
            "the model's context holds %d tokens, but the prompt has more than %d; shorten the prompt"
                .formatted(contextTokens, tokens));
      }
    }
    return model.tokenize(text, addSpecialTokens);
  }

  private static String render(Model model, Prompt.Chat chat) {
    try {
      return model.applyChatTemplate(chat.conversation());
    } catch (IllegalArgumentException e) {
      throw new CompletionRefusedException(
          "the chat template refuses the messages: " + e.getMessage(), e);
    }
  }
}
