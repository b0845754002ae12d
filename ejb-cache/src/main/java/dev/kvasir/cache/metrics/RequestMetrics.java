package dev.kvasir.cache.metrics;

import dev.kvasir.cache.Refusal;
import dev.kvasir.cache.Ticker;
import dev.kvasir.cache.flight.FlightOutcome;
import dev.kvasir.cache.request.RequestObserver;
import dev.kvasir.cache.stats.TokenRate;
import dev.kvasir.completion.Priority;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;

/**
 * Latencies of requests, their waits included, and how many were refused or given up. The
 * exposition adds {@code _seconds} to the timers' names, {@code _total} to the counters'; the
 * timers' buckets stand in {@code META-INF/microprofile-config.properties}.
 */
public final class RequestMetrics implements RequestObserver {
  private static final double NANOS_PER_SECOND = 1e9;

  private final TokenRate rate = new TokenRate(Ticker.system());
  private final Timer firstToken;
  private final Timer interToken;
  private final Counter cancelled;
  private final Map<Priority, Timer> waited = new EnumMap<>(Priority.class);
  private final Map<FlightOutcome, Timer> followed = new EnumMap<>(FlightOutcome.class);
  private final Map<Refusal, Counter> refused = new EnumMap<>(Refusal.class);

  /** Registers in the application's registry. */
  public RequestMetrics(MetricRegistry registry) {
    firstToken = registry.timer(Metric.FIRST_TOKEN.metadata());
    interToken = registry.timer(Metric.INTER_TOKEN.metadata());
    for (Priority priority : Priority.values()) {
      waited.put(
          priority,
          registry.timer(Metric.QUEUE_WAIT.metadata(), new Tag("priority", priority.label())));
    }
    for (FlightOutcome outcome : FlightOutcome.values()) {
      followed.put(
          outcome,
          registry.timer(
              Metric.SINGLE_FLIGHT_WAIT.metadata(), new Tag("outcome", outcome.label())));
    }
    cancelled = registry.counter(Metric.REQUESTS_CANCELLED.metadata());
    for (Refusal reason : Refusal.values()) {
      refused.put(
          reason,
          registry.counter(Metric.REQUESTS_REFUSED.metadata(), new Tag("reason", reason.label())));
    }
  }

  /** How many tokens a second come out. */
  public TokenRate rate() {
    return rate;
  }

  /** Counts a request that the access log has not. */
  public static Runnable accessLogDrops(MetricRegistry registry) {
    Counter drops = registry.counter(Metric.ACCESS_LOG_DROPPED.metadata());
    return drops::inc;
  }

  @Override
  public void waited(Priority priority, double seconds) {
    Objects.requireNonNull(waited.get(priority)).update(duration(seconds));
  }

  @Override
  public void refused(Refusal reason) {
    Objects.requireNonNull(refused.get(reason)).inc();
  }

  @Override
  public void firstToken(double seconds) {
    rate.count();
    firstToken.update(duration(seconds));
  }

  @Override
  public void nextToken(double seconds) {
    rate.count();
    interToken.update(duration(seconds));
  }

  @Override
  public void cancelled() {
    cancelled.inc();
  }

  @Override
  public void followed(FlightOutcome outcome, double seconds) {
    Objects.requireNonNull(followed.get(outcome)).update(duration(seconds));
  }

  private static Duration duration(double seconds) {
    return Duration.ofNanos((long) (seconds * NANOS_PER_SECOND));
  }
}
