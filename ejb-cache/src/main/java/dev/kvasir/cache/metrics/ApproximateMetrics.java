package dev.kvasir.cache.metrics;

import dev.kvasir.cache.request.FinishedRequest;
import dev.kvasir.completion.Approximation;
import dev.kvasir.completion.BlendKind;
import dev.kvasir.completion.CacheReport;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** Requests that were answered approximately, apart from all others. */
public final class ApproximateMetrics implements Consumer<FinishedRequest> {
  private final Map<BlendKind, Policy> policies = new EnumMap<>(BlendKind.class);

  /** Registers in the application's registry. */
  public ApproximateMetrics(MetricRegistry registry) {
    for (BlendKind kind : BlendKind.values()) {
      policies.put(kind, new Policy(registry, new Tag("policy", kind.label())));
    }
  }

  @Override
  public void accept(FinishedRequest request) {
    CacheReport report = request.summary().cache();
    Approximation approximation = report == null ? null : report.approximation();
    if (report != null && approximation != null) {
      Objects.requireNonNull(policies.get(approximation.policy())).count(report, approximation);
    }
  }

  /** Counters of one policy. */
  private static final class Policy {
    private final Counter requests;
    private final Counter exact;
    private final Counter reused;
    private final Counter computed;

    Policy(MetricRegistry registry, Tag policy) {
      requests = registry.counter(Metric.APPROXIMATE_REQUESTS.metadata(), policy);
      exact = tokens(registry, policy, "exact");
      reused = tokens(registry, policy, "reused");
      computed = tokens(registry, policy, "computed");
    }

    private static Counter tokens(MetricRegistry registry, Tag policy, String source) {
      return registry.counter(
          Metric.APPROXIMATE_TOKENS.metadata(), policy, new Tag("source", source));
    }

    void count(CacheReport report, Approximation approximation) {
      requests.inc();
      exact.inc(report.cachedTokens());
      reused.inc(approximation.reusedTokens());
      computed.inc(report.computedTokens());
    }
  }
}
