package dev.kvasir.cache.request;

import dev.kvasir.cache.Prefix;
import dev.kvasir.cache.PrefixCache;
import dev.kvasir.cache.flight.SingleFlight;
import dev.kvasir.completion.CachePolicy;
import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.inference.Model;
import dev.kvasir.inference.TokenIds;

/**
 * Looks the cache up for requests.
 *
 * @param names of blocks
 * @param cache that all requests share
 * @param flights of those that compute the same
 */
public record Reuses(PrefixNames names, PrefixCache cache, SingleFlight flights) {
  /** What a request may reuse; waits while another request computes the same. */
  Reuse lookUp(Model model, CompletionRequest request, TokenIds prompt) {
    if (request.cache() == CachePolicy.OFF) {
      return new NoReuse(prompt.size());
    }
    Prefix prefix = names.of(model.info().layout(), request.tenant(), prompt);
    return new PrefixReuse(
        cache,
        prefix,
        flights.find(prefix),
        new AnswerBlocks(model, names, cache, request.priority()));
  }
}
