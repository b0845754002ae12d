package dev.kvasir.cache.guard;

import dev.kvasir.cache.tiered.Fetch;
import dev.kvasir.completion.MissReason;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import org.eclipse.microprofile.faulttolerance.ExecutionContext;
import org.eclipse.microprofile.faulttolerance.FallbackHandler;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/** Turns a failed round of reads into what it brought, and an open circuit into a miss. */
@Dependent
public class TroubleIsMiss implements FallbackHandler<Fetch> {
  private final StoreCircuit circuit;

  @Inject
  public TroubleIsMiss(StoreCircuit circuit) {
    this.circuit = circuit;
  }

  @Override
  public Fetch handle(ExecutionContext context) {
    Throwable failure = context.getFailure();
    if (failure instanceof StoreTroubleException trouble) {
      return trouble.fetch();
    }
    if (failure instanceof CircuitBreakerOpenException) {
      circuit.reads().refused();
      return Fetch.nothing(MissReason.CIRCUIT_OPEN);
    }
    return Fetch.nothing(MissReason.GRID_UNAVAILABLE);
  }
}
