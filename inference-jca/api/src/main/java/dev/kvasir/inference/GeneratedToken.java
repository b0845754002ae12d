package dev.kvasir.inference;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One step's outcome.
 *
 * @param choice index of the answer that it belongs to, among those to the request
 * @param tokenId the chosen token
 * @param text what can be shown now: whole characters only, nothing that may still turn out to be
 *     part of a stop text; often empty, sometimes more than this token's own
 * @param finish set on the last token
 * @param logprobs if the sampling parameters ask for them, and a token was chosen
 */
public record GeneratedToken(
    int choice,
    int tokenId,
    String text,
    @Nullable FinishReason finish,
    @Nullable TokenLogprobs logprobs) {
  /** A token of the first answer, without log-probabilities. */
  public GeneratedToken(int tokenId, String text, @Nullable FinishReason finish) {
    this(0, tokenId, text, finish, null);
  }

  /** Why the sequence ends here, or empty if it goes on. */
  public Optional<FinishReason> finishReason() {
    return Optional.ofNullable(finish);
  }
}
