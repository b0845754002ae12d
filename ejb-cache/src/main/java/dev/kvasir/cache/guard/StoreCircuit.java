package dev.kvasir.cache.guard;

import jakarta.enterprise.context.ApplicationScoped;

/** State of the breaker before the store's reads, for the statistics. */
@ApplicationScoped
public class StoreCircuit {
  /** Trials that must succeed before an open circuit is closed. */
  static final int SUCCESS_THRESHOLD = 2;

  private final CircuitState reads = new CircuitState(SUCCESS_THRESHOLD);

  CircuitState reads() {
    return reads;
  }

  /** {@code closed}, {@code open} or {@code half_open}. */
  public String label() {
    return reads.label();
  }
}
