package dev.kvasir.cache.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.cache.RequestSummary;
import dev.kvasir.cache.request.FinishedRequest;
import dev.kvasir.cache.testing.TestingModel;
import dev.kvasir.completion.Approximation;
import dev.kvasir.completion.BlendKind;
import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.MissReason;
import io.smallrye.metrics.SharedMetricRegistries;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.metrics.MetricID;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Approximate requests are counted here and nowhere else. */
final class ApproximateMetricsTest {
  private final MetricRegistry registry =
      SharedMetricRegistries.getOrCreate(MetricRegistry.APPLICATION_SCOPE);

  @BeforeEach
  void empty() {
    registry.removeMatching((id, metric) -> true);
  }

  private static FinishedRequest request(@Nullable Approximation approximation) {
    CacheReport report =
        new CacheReport(
            8, 0, 0, 0, 0, 5, MissReason.FIRST_SEEN, 1, 1, 1, "a", List.of(), null, approximation);
    return new FinishedRequest(
        new RequestSummary("r", "a", 0, "t", "m", "ok", 23, 1, report, 1, 2),
        Map.of(),
        new TestingModel(1).info().layout(),
        List.of());
  }

  private long counted(String name, Tag... tags) {
    return registry.getCounter(new MetricID(name, tags)).getCount();
  }

  @Test
  void accept_approximate_byPolicyAndSource() {
    FinishedRequest approximate = request(new Approximation(BlendKind.NONE, 10, 0, List.of()));
    new ApproximateMetrics(registry).accept(approximate);
    new ReuseMetrics(registry).accept(approximate);

    Tag none = new Tag("policy", "none");
    assertEquals(1, counted("kvasir_approximate_requests", none));
    assertEquals(0, counted("kvasir_approximate_requests", new Tag("policy", "epic")));
    assertEquals(8, counted("kvasir_approximate_tokens", none, new Tag("source", "exact")));
    assertEquals(10, counted("kvasir_approximate_tokens", none, new Tag("source", "reused")));
    assertEquals(5, counted("kvasir_approximate_tokens", none, new Tag("source", "computed")));
    assertEquals(0, counted("kvasir_tier_hit_blocks", new Tag("tier", "pool")));
  }

  @Test
  void accept_exact_notCounted() {
    new ApproximateMetrics(registry).accept(request(null));
    assertEquals(0, counted("kvasir_approximate_requests", new Tag("policy", "none")));
  }
}
