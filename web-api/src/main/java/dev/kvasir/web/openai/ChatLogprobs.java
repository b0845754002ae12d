package dev.kvasir.web.openai;

import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Log-probabilities of a chat's answer, or of what is new of it; a refusal is always null.
 *
 * @param content one for each token
 */
@JsonbNillable
@JsonbPropertyOrder({"content", "refusal"})
public record ChatLogprobs(List<Token> content, @Nullable Object refusal) {

  /**
   * One token of the answer.
   *
   * @param token its text
   * @param logprob its log-probability
   * @param bytes its UTF-8, 0 to 255 each; null if it has none
   * @param topLogprobs the most likely tokens in its place
   */
  @JsonbNillable
  @JsonbPropertyOrder({"token", "logprob", "bytes", "topLogprobs"})
  public record Token(
      String token, double logprob, @Nullable List<Integer> bytes, List<TopToken> topLogprobs) {}

  /** A token that was likely; its components are those of {@link Token}. */
  @JsonbNillable
  @JsonbPropertyOrder({"token", "logprob", "bytes"})
  public record TopToken(String token, double logprob, @Nullable List<Integer> bytes) {}
}
