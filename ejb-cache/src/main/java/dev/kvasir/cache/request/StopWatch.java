package dev.kvasir.cache.request;

import dev.kvasir.cache.Ticker;
import java.util.EnumMap;
import java.util.Map;

/** Time of a request since its arrival, in laps. One thread. */
final class StopWatch {
  private static final double NANOS_PER_MILLI = 1e6;

  private final Ticker ticker;
  private final long arrivalNanos;
  private final Map<Phase, Phase.Span> phases = new EnumMap<>(Phase.class);
  private long lapNanos;

  /**
   * @param ticker whose clock is the arrival's
   */
  StopWatch(Ticker ticker, long arrivalNanos) {
    this.ticker = ticker;
    this.arrivalNanos = arrivalNanos;
    lapNanos = arrivalNanos;
  }

  /** Milliseconds since the last lap, or the arrival, which the phase took; a new lap begins. */
  double lapMillis(Phase phase) {
    long now = ticker.read();
    long busyNanos = now - lapNanos;
    phases.merge(
        phase,
        new Phase.Span(lapNanos - arrivalNanos, now - arrivalNanos, busyNanos),
        Phase.Span::plus);
    lapNanos = now;
    return busyNanos / NANOS_PER_MILLI;
  }

  /** Milliseconds from the arrival to the last lap. */
  double totalMillis() {
    return (lapNanos - arrivalNanos) / NANOS_PER_MILLI;
  }

  /** Milliseconds from the arrival to now. */
  double sinceArrivalMillis() {
    return (ticker.read() - arrivalNanos) / NANOS_PER_MILLI;
  }

  /** The phases so far. */
  Map<Phase, Phase.Span> phases() {
    return phases;
  }
}
