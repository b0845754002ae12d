package dev.kvasir.web.ops;

import dev.kvasir.cache.CacheAdmin;
import dev.kvasir.cache.ClusterInfo;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Readiness;

/**
 * Tells how the grid is. It is up whatever that is: without a grid the node computes what it would
 * have loaded, so whoever sends requests to it should go on.
 */
@Readiness
@ApplicationScoped
public class GridHealth implements HealthCheck {
  @EJB CacheAdmin cache;

  @Override
  public HealthCheckResponse call() {
    return of(() -> cache.cluster());
  }

  static HealthCheckResponse of(Supplier<ClusterInfo> grid) {
    return new HealthCheckResponse("grid", Status.UP, Optional.of(data(grid)));
  }

  private static Map<String, Object> data(Supplier<ClusterInfo> grid) {
    try {
      ClusterInfo cluster = grid.get();
      if (cluster.members().isEmpty()) {
        return Map.of(
            "reachable", false, "reason", "no member of the grid answers; the node goes on trying");
      }
      return Map.of(
          "reachable",
          true,
          "node",
          cluster.node(),
          "members",
          (long) cluster.members().size(),
          "safe",
          cluster.safe());
    } catch (RuntimeException failure) {
      return Map.of("reachable", false, "reason", Reason.of(failure));
    }
  }
}
