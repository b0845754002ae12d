package dev.kvasir.cache.guard;

import dev.kvasir.cache.tiered.StoreGuard;
import dev.kvasir.cache.tiered.Tiers;

/**
 * The circuit breaker as a node's guard.
 *
 * @param store the container's proxy of it: a breaker counts and refuses only calls through that
 * @param state of the breaker
 */
public record CircuitGuard(GuardedStore store, StoreCircuit state) implements StoreGuard {
  @Override
  public Tiers before(Tiers tiers) {
    store.guard(tiers.store(), tiers.reader(), () -> tiers.settings().get().deadlineMillis());
    return new Tiers(tiers.model(), store, store, tiers.disk(), tiers.settings());
  }

  @Override
  public String circuit() {
    return state.label();
  }
}
