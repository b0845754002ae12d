package dev.kvasir.cache.request;

import dev.kvasir.cache.Refusal;
import dev.kvasir.cache.flight.FlightObserver;
import dev.kvasir.cache.flight.FlightOutcome;
import dev.kvasir.completion.Priority;

/** Hears how requests go, on their own threads: quick, and never throws. */
public interface RequestObserver extends FlightObserver {
  /** Hears nothing. */
  RequestObserver NONE =
      new RequestObserver() {
        @Override
        public void waited(Priority priority, double seconds) {}

        @Override
        public void refused(Refusal reason) {}

        @Override
        public void firstToken(double seconds) {}

        @Override
        public void nextToken(double seconds) {}

        @Override
        public void cancelled() {}

        @Override
        public void followed(FlightOutcome outcome, double seconds) {}
      };

  /**
   * A request got its turn for a decode slot, or was refused one.
   *
   * @param seconds that it waited
   */
  void waited(Priority priority, double seconds);

  /** A request was refused. */
  void refused(Refusal reason);

  /**
   * A request has its first token.
   *
   * @param seconds since it arrived
   */
  void firstToken(double seconds);

  /**
   * A request has a further token.
   *
   * @param seconds since the token before it
   */
  void nextToken(double seconds);

  /** A request was given up, as its client had left. */
  void cancelled();
}
