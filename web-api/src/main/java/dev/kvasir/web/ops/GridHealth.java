package dev.kvasir.web.ops;

import dev.kvasir.cache.CacheAdmin;
import dev.kvasir.cache.ClusterInfo;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready once this node is a member of its grid. */
@Readiness
@ApplicationScoped
public class GridCheck implements HealthCheck {
  @EJB CacheAdmin cache;

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder answer = HealthCheckResponse.named("grid");
    try {
      ClusterInfo cluster = cache.cluster();
      return answer
          .up()
          .withData("node", cluster.node())
          .withData("members", cluster.members().size())
          .withData("safe", cluster.safe())
          .build();
    } catch (RuntimeException failure) {
      return answer.down().withData("reason", Reason.of(failure)).build();
    }
  }
}
