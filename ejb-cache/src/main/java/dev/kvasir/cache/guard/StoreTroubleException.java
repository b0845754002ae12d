package dev.kvasir.cache.guard;

import dev.kvasir.cache.tiered.Fetch;

/** A round of reads that the store did not answer as it should; what came nevertheless is kept. */
final class StoreTroubleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Fetch fetch;

  StoreTroubleException(Fetch fetch) {
    super("the shared store is in trouble: " + fetch.reason().label(), null, false, false);
    this.fetch = fetch;
  }

  Fetch fetch() {
    return fetch;
  }
}
