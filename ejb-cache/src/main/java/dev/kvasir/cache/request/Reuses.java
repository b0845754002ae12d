package dev.kvasir.cache.request;

import dev.kvasir.cache.Prefix;
import dev.kvasir.cache.PrefixCache;
import dev.kvasir.cache.flight.SingleFlight;
import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.inference.Model;
import dev.kvasir.inference.TokenIds;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Looks the cache up for requests.
 *
 * @param names of blocks
 * @param cache that all requests share
 * @param flights of those that compute the same
 */
public record Reuses(PrefixNames names, PrefixCache cache, SingleFlight flights) {
  /**
   * What a request may reuse; waits while another request computes the same.
   *
   * @param wanted asked about once a second while it waits; once false, it waits no longer
   */
  Reuse lookUp(Model model, CompletionRequest request, TokenIds prompt, BooleanSupplier wanted) {
    Optional<Prefix> shared = names.of(model.info().layout(), request, prompt);
    if (shared.isEmpty()) {
      return new NoReuse(prompt.size());
    }
    Prefix prefix = shared.get();
    return new PrefixReuse(
        cache,
        prefix,
        flights.find(prefix, wanted),
        new AnswerBlocks(model, names, cache, request));
  }
}
