package dev.kvasir.cache.metrics;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** What became of requests whose prefix another node has; {@link Metric} describes it. */
public final class RouteMetrics {
  /** Another node was named. */
  public static final String HINTED = "hinted";

  /** Another node had more, but too much to do. */
  public static final String BUSY = "busy";

  /** Another node answered. */
  public static final String FORWARDED = "forwarded";

  /** Another node was to answer, and did not. */
  public static final String FAILED = "failed";

  static final List<String> RESULTS = List.of(HINTED, BUSY, FORWARDED, FAILED);

  private final Map<String, Counter> counters;

  /** Registers in the application's registry. */
  public RouteMetrics(MetricRegistry registry) {
    counters =
        RESULTS.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Function.identity(),
                    result ->
                        registry.counter(
                            Metric.ROUTED_REQUESTS.metadata(), new Tag("result", result))));
  }

  /** Counts a request. */
  public void count(String result) {
    Objects.requireNonNull(counters.get(result)).inc();
  }
}
