package dev.kvasir.cache.request;

import dev.kvasir.cache.Prefix;
import dev.kvasir.cache.PrefixCache;
import dev.kvasir.cache.chain.Namespace;
import dev.kvasir.cache.flight.SingleFlight;
import dev.kvasir.cache.semantic.BlendPolicy;
import dev.kvasir.cache.semantic.MarkedPrompt;
import dev.kvasir.cache.semantic.PassageShelf;
import dev.kvasir.completion.Blend;
import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.inference.KvLayout;
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
 * @param shelf of passages that stood in other prompts
 */
public record Reuses(
    PrefixNames names, PrefixCache cache, SingleFlight flights, PassageShelf shelf) {
  /**
   * What a request may reuse; waits while another request computes the same.
   *
   * @param wanted asked about once a second while it waits; once false, it waits no longer
   */
  Reuse lookUp(Model model, CompletionRequest request, TokenIds prompt, BooleanSupplier wanted) {
    KvLayout layout = model.info().layout();
    Optional<Namespace> shared = names.namespace(layout, request);
    if (shared.isEmpty()) {
      return new NoReuse(prompt.size());
    }
    Namespace namespace = shared.get();
    Prefix prefix = PrefixNames.of(namespace, request.tenant(), prompt, layout.blockSize());
    MarkedPrompt marked = shelf.mark(model, namespace, prompt, request.passages().marked());
    AnswerBlocks answers = new AnswerBlocks(model, names, cache, request);
    Runnable learn = () -> shelf.learn(marked, prefix, request.id());
    Blend blend = request.passages().blend();
    if (blend != null) {
      PassageSearch search = new PassageSearch(cache, shelf, BlendPolicy.of(blend));
      Optional<PassageReuse.Found> moved = search.find(prefix, marked);
      if (moved.isPresent()) {
        int exact = moved.get().lookup().blocks();
        return new PassageReuse(
            cache,
            moved.get(),
            blend,
            () -> {
              if (!shelf.knowsAll(marked)) {
                answers.prefill(prefix, exact, learn);
              }
            });
      }
    }
    return new PrefixReuse(
        cache, prefix, flights.find(prefix, wanted), new Leavings(answers, learn));
  }
}
