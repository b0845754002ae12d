package dev.kvasir.web.ops;

import dev.kvasir.cache.CacheAdmin;
import dev.kvasir.cache.TierStats;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Readiness;

/**
 * Tells how the disk tier is. It is up whatever that is: without its disk the node computes what it
 * would have loaded from there.
 */
@Readiness
@ApplicationScoped
public class DiskHealth implements HealthCheck {
  @EJB CacheAdmin cache;

  @Override
  public HealthCheckResponse call() {
    return of(() -> cache.stats().disk());
  }

  static HealthCheckResponse of(Supplier<TierStats> disk) {
    return new HealthCheckResponse("disk", Status.UP, Optional.of(data(disk)));
  }

  private static Map<String, Object> data(Supplier<TierStats> disk) {
    Map<String, Object> data = new HashMap<>();
    try {
      TierStats stats = disk.get();
      data.put("state", stats.state().name().toLowerCase(Locale.ROOT));
      data.put("blocks", stats.blocks());
      if (!stats.reason().isEmpty()) {
        data.put("reason", stats.reason());
      }
    } catch (RuntimeException failure) {
      data.put("state", "unknown");
      data.put("reason", Reason.of(failure));
    }
    return data;
  }
}
