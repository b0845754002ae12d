package dev.kvasir.web.completion;

import dev.kvasir.completion.Prompt;
import dev.kvasir.inference.ModelInfo;
import dev.kvasir.inference.ResponseFormat;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.openai.ResponseRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers to conversations, in the form of OpenAI's Responses API. */
record ResponseKind() implements CompletionKind<ResponseRequest> {
  private static final int MAX_PAIRS = 16;
  private static final int MAX_KEY_CHARS = 64;
  private static final int MAX_VALUE_CHARS = 512;

  @Override
  public Class<ResponseRequest> wireType() {
    return ResponseRequest.class;
  }

  @Override
  public String idPrefix() {
    return "resp_";
  }

  @Override
  public UnsupportedFields unsupported(ModelInfo model) {
    return UnsupportedFields.RESPONSE;
  }

  @Override
  public Prompt prompt(ResponseRequest wire) {
    checkMetadata(wire.metadata());
    return new Prompt.Chat(ResponseInput.of(wire));
  }

  @Override
  public @Nullable Integer maxNewTokens(ResponseRequest wire, int contextTokens) {
    return AnswerLimit.check("max_output_tokens", wire.maxOutputTokens(), contextTokens);
  }

  @Override
  public @Nullable Integer topLogprobs(ResponseRequest wire) {
    return null;
  }

  @Override
  public @Nullable ResponseFormat format(ResponseRequest wire) {
    ResponseRequest.TextConfig text = wire.text();
    return ResponseFormatField.ofText(text == null ? null : text.format());
  }

  @Override
  public String formatField(ResponseRequest wire) {
    return ResponseFormatField.TEXT_FIELD;
  }

  @Override
  public AnswerForm answer(AnswerHead head, int choices, ResponseRequest wire) {
    return new ResponseAnswer(head, wire);
  }

  private static void checkMetadata(@Nullable Map<String, String> metadata) {
    if (metadata == null) {
      return;
    }
    boolean fits =
        metadata.size() <= MAX_PAIRS
            && metadata.keySet().stream().allMatch(key -> key.length() <= MAX_KEY_CHARS)
            && metadata.values().stream().allMatch(value -> value.length() <= MAX_VALUE_CHARS);
    if (!fits) {
      throw RequestFault.invalid(
          "metadata",
          "metadata may have %d pairs, with keys of up to %d and values of up to %d characters."
              .formatted(MAX_PAIRS, MAX_KEY_CHARS, MAX_VALUE_CHARS));
    }
  }
}
