package dev.kvasir.cache.alerts;

import java.util.Optional;

/** Where metrics are read. Safe for all threads. */
public interface MetricSource {
  /** The sum of the series that a name means, 0 of none; empty if there is no such metric. */
  Optional<Reading> read(MetricName metric);

  /**
   * A number.
   *
   * @param value now
   * @param grows whether it only grows, so that its growth is what tells
   */
  record Reading(double value, boolean grows) {}
}
