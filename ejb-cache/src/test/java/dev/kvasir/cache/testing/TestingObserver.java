package dev.kvasir.cache.testing;

import dev.kvasir.cache.Refusal;
import dev.kvasir.cache.flight.FlightOutcome;
import dev.kvasir.cache.request.FinishedRequest;
import dev.kvasir.cache.request.RequestObserver;
import dev.kvasir.completion.Priority;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** Notes what it hears. */
public final class TestingObserver implements RequestObserver, Consumer<FinishedRequest> {
  public final List<Refusal> refusals = Collections.synchronizedList(new ArrayList<>());
  public final List<Double> firstTokenSeconds = Collections.synchronizedList(new ArrayList<>());
  public final List<Priority> waited = Collections.synchronizedList(new ArrayList<>());
  public final List<FlightOutcome> flights = Collections.synchronizedList(new ArrayList<>());
  public final List<FinishedRequest> finished = Collections.synchronizedList(new ArrayList<>());
  public int cancelled;

  @Override
  public void waited(Priority priority, double seconds) {
    waited.add(priority);
  }

  @Override
  public void refused(Refusal reason) {
    refusals.add(reason);
  }

  @Override
  public void firstToken(double seconds) {
    firstTokenSeconds.add(seconds);
  }

  @Override
  public void nextToken(double seconds) {}

  @Override
  public void followed(FlightOutcome outcome, double seconds) {
    flights.add(outcome);
  }

  @Override
  public void cancelled() {
    cancelled++;
  }

  @Override
  public void accept(FinishedRequest request) {
    finished.add(request);
  }
}
