package dev.kvasir.web.warm;

import dev.kvasir.cache.WarmUp;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * How far a warm-up is; see {@link WarmUp}.
 *
 * @param id names it
 * @param tenant whose blocks these are
 * @param state {@code waiting}, {@code running}, {@code done} or {@code cancelled}
 * @param prompts to compute
 * @param done computed
 * @param failed refused or failed
 * @param cachedTokens that were cached before
 * @param computedTokens that were not
 * @param lastFailure why the last that failed did
 */
@JsonbPropertyOrder({
  "id",
  "tenant",
  "state",
  "prompts",
  "done",
  "failed",
  "cachedTokens",
  "computedTokens",
  "lastFailure"
})
public record WarmBody(
    String id,
    String tenant,
    String state,
    int prompts,
    int done,
    int failed,
    long cachedTokens,
    long computedTokens,
    @Nullable String lastFailure) {
  static WarmBody of(WarmUp warmUp) {
    WarmUp.Counts counts = warmUp.counts();
    return new WarmBody(
        warmUp.id(),
        warmUp.tenant(),
        warmUp.state().label(),
        warmUp.prompts(),
        counts.done(),
        counts.failed(),
        counts.cachedTokens(),
        counts.computedTokens(),
        warmUp.lastFailure());
  }
}
