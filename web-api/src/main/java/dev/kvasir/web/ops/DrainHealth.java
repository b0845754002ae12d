package dev.kvasir.web.ops;

import dev.kvasir.cache.DrainState;
import dev.kvasir.cache.NodeDrain;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while the node is being drained, so that whoever sends requests asks others. */
@Readiness
@ApplicationScoped
public class DrainHealth implements HealthCheck {
  @EJB NodeDrain drain;

  @Override
  public HealthCheckResponse call() {
    try {
      return of(drain.state());
    } catch (RuntimeException failure) { // not started: the model's check says so
      return new HealthCheckResponse(
          "drain", Status.UP, Optional.of(Map.of("reason", Reason.of(failure))));
    }
  }

  static HealthCheckResponse of(DrainState state) {
    return state.draining()
        ? new HealthCheckResponse(
            "drain",
            Status.DOWN,
            Optional.of(
                Map.of(
                    "reason",
                    "the node is being drained",
                    "running",
                    (long) state.running(),
                    "waiting",
                    (long) state.waiting())))
        : new HealthCheckResponse("drain", Status.UP, Optional.empty());
  }
}
