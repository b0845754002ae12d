package dev.kvasir.web.completion;

import dev.kvasir.cache.Refusal;
import dev.kvasir.completion.Completion;
import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.completion.CompletionService;
import dev.kvasir.completion.NoDecodeSlotException;
import dev.kvasir.completion.TokenSink;
import dev.kvasir.inference.ModelInfo;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.annotation.Metric;

/**
 * The completion service behind a bound: a completion holds its thread until its last token, also
 * while it waits for a decode slot, and some threads must be left to tell how the node is.
 */
@ApplicationScoped
@Typed(BoundedCompletions.class)
public class BoundedCompletions implements CompletionService {
  @EJB CompletionService completions;

  private int maxCompletions;
  private Semaphore places = new Semaphore(0);
  private Runnable countRefusal = () -> {};

  /**
   * Sets the bound.
   *
   * @param maxCompletions that run or wait at a time; below the server's number of threads
   * @param refused counts those over it
   */
  @Inject
  void bound(
      @ConfigProperty(name = "kvasir.http.max.completions", defaultValue = "160")
          int maxCompletions,
      @Metric(
              name = Refusal.METRIC,
              description = Refusal.DESCRIPTION,
              tags = "reason=no_place",
              absolute = true)
          Counter refused) {
    this.maxCompletions = maxCompletions;
    countRefusal = refused::inc;
    places = new Semaphore(maxCompletions);
  }

  @Override
  public ModelInfo model() {
    return completions.model();
  }

  @Override
  public Completion complete(CompletionRequest request, TokenSink sink) {
    return inPlace(() -> completions.complete(request, sink));
  }

  /**
   * Does what holds a thread as a completion does.
   *
   * @throws NoDecodeSlotException if all places are taken
   */
  <T> T inPlace(Supplier<T> work) {
    if (!places.tryAcquire()) {
      countRefusal.run();
      throw new NoDecodeSlotException(
          "all %d places for running and waiting completions are taken".formatted(maxCompletions));
    }
    try {
      return work.get();
    } finally {
      places.release();
    }
  }
}
