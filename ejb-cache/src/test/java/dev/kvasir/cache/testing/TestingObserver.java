package dev.kvasir.cache.testing;

import dev.kvasir.cache.Refusal;
import dev.kvasir.cache.request.RequestObserver;
import java.util.ArrayList;
import java.util.List;

/** Notes what it hears. One thread. */
public final class TestingObserver implements RequestObserver {
  public final List<Refusal> refusals = new ArrayList<>();
  public final List<Double> firstTokenSeconds = new ArrayList<>();
  public int waiting;

  @Override
  public void slotWanted() {
    waiting++;
  }

  @Override
  public void slotWaitEnded() {
    waiting--;
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
}
