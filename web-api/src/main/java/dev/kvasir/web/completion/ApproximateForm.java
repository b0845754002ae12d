package dev.kvasir.web.completion;

import dev.kvasir.completion.Approximation;
import dev.kvasir.web.openai.KvasirApproximate;
import org.jspecify.annotations.Nullable;

/** The wire form of what makes an answer approximate. */
public final class ApproximateForm {
  private ApproximateForm() {}

  /** Of an approximation; null of an exact answer, which has none. */
  public static @Nullable KvasirApproximate of(@Nullable Approximation approximation) {
    if (approximation == null) {
      return null;
    }
    return new KvasirApproximate(
        approximation.policy().label(),
        approximation.reusedTokens(),
        approximation.recomputedTokens(),
        approximation.donors().stream()
            .map(
                donor ->
                    new KvasirApproximate.Donor(donor.passage(), donor.request(), donor.tokens()))
            .toList());
  }
}
