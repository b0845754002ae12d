package dev.kvasir.cache.request;

import dev.kvasir.cache.Refusal;
import dev.kvasir.cache.flight.FlightOutcome;
import dev.kvasir.completion.Priority;
import java.util.List;
import java.util.function.Consumer;

/**
 * Several that hear of requests.
 *
 * @param live hears of everything
 * @param others hear of ends only
 */
public record Observers(RequestObserver live, List<Consumer<FinishedRequest>> others)
    implements RequestObserver {
  public Observers {
    others = List.copyOf(others);
  }

  @Override
  public void waited(Priority priority, double seconds) {
    live.waited(priority, seconds);
  }

  @Override
  public void refused(Refusal reason) {
    live.refused(reason);
  }

  @Override
  public void firstToken(double seconds) {
    live.firstToken(seconds);
  }

  @Override
  public void nextToken(double seconds) {
    live.nextToken(seconds);
  }

  @Override
  public void cancelled() {
    live.cancelled();
  }

  @Override
  public void followed(FlightOutcome outcome, double seconds) {
    live.followed(outcome, seconds);
  }

  @Override
  public void finished(FinishedRequest request) {
    live.finished(request);
    others.forEach(other -> other.accept(request));
  }
}
