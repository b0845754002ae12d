package dev.kvasir.cache.flight;

/** Hears how requests waited for each other, on their own threads: quick, and never throws. */
public interface FlightObserver {
  /**
   * A request has waited for another one.
   *
   * @param seconds that it waited
   */
  void followed(FlightOutcome outcome, double seconds);
}
