package dev.kvasir.web.completion;

import dev.kvasir.completion.Prompt;
import dev.kvasir.web.openai.ChatCompletionRequest;

/** The conversation of a chat request, for those who compute it without answering. */
public final class ChatPrompt {
  private ChatPrompt() {}

  /**
   * What is to be completed.
   *
   * @throws dev.kvasir.web.fault.RequestFault naming the first message that is not as it must be
   */
  public static Prompt of(ChatCompletionRequest request) {
    return new ChatKind().prompt(request);
  }
}
