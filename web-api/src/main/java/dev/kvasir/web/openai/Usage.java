package dev.kvasir.web.openai;

import jakarta.json.bind.annotation.JsonbPropertyOrder;

/** Token counts of a request. */
@JsonbPropertyOrder({"promptTokens", "completionTokens", "totalTokens", "promptTokensDetails"})
public record Usage(
    int promptTokens,
    int completionTokens,
    int totalTokens,
    PromptTokensDetails promptTokensDetails) {

  /**
   * Of the prompt's tokens.
   *
   * @param cachedTokens those that were not computed
   */
  public record PromptTokensDetails(int cachedTokens) {}
}
