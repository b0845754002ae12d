package dev.kvasir.web.warm;

import dev.kvasir.cache.CacheWarmer;
import dev.kvasir.completion.Prompt;
import dev.kvasir.web.completion.ChatPrompt;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.openai.ChatCompletionRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The prompts of a warm-up, checked. */
final class WarmPrompts {
  private WarmPrompts() {}

  /**
   * Texts first, then conversations.
   *
   * @throws RequestFault naming the first that is not as it must be
   */
  static List<Prompt> of(WarmRequest request) {
    List<Prompt> prompts = new ArrayList<>();
    for (String text : Objects.requireNonNullElse(request.prompts(), List.<String>of())) {
      if (text == null || text.isEmpty()) {
        String field = "prompts[%d]".formatted(prompts.size());
        throw RequestFault.invalid(field, field + " is empty, but must be a text.");
      }
      prompts.add(new Prompt.Text(text));
    }
    List<ChatCompletionRequest> chats =
        Objects.requireNonNullElse(request.chats(), List.<ChatCompletionRequest>of());
    for (int i = 0; i < chats.size(); i++) {
      prompts.add(chat(chats.get(i), "chats[%d]".formatted(i)));
    }
    if (prompts.isEmpty() || prompts.size() > CacheWarmer.MAX_PROMPTS) {
      throw RequestFault.invalid(
          "prompts",
          "prompts and chats are %d together, but must be 1 to %d."
              .formatted(prompts.size(), CacheWarmer.MAX_PROMPTS));
    }
    return prompts;
  }

  private static Prompt chat(ChatCompletionRequest chat, String field) {
    if (chat == null) {
      throw RequestFault.invalid(field, field + " is null, but must be an object with messages.");
    }
    try {
      return ChatPrompt.of(chat);
    } catch (RequestFault fault) {
      throw RequestFault.invalid(field, "In %s: %s".formatted(field, fault.getMessage()));
    }
  }
}
