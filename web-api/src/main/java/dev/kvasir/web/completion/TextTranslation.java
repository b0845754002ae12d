package dev.kvasir.web.completion;

import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.completion.Prompt;
import dev.kvasir.inference.ModelInfo;
import dev.kvasir.web.openai.TextCompletionRequest;
import java.util.Objects;

/** A plain completion's request as the completion service takes it; everything is checked here. */
final class TextTranslation {
  /** OpenAI's default for this kind of request. */
  static final int DEFAULT_MAX_TOKENS = 16;

  private TextTranslation() {}

  /**
   * Translates.
   *
   * @throws dev.kvasir.web.fault.RequestFault naming the first field that is not as it must be
   */
  static CompletionRequest translate(TextCompletionRequest wire, ModelInfo model, String tenant) {
    ServedModel.require(wire.model(), model);
    int maxTokens = Objects.requireNonNullElse(wire.maxTokens(), DEFAULT_MAX_TOKENS);
    return new CompletionRequest(
        tenant,
        new Prompt.Text(TextContent.ofPrompt(wire.prompt())),
        SamplingFields.of(wire).toParams(),
        AnswerLimit.check("max_tokens", maxTokens, model.contextTokens()),
        CacheOption.of(wire.kvasir()));
  }
}
