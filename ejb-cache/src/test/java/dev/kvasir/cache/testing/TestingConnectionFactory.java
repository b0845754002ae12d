package dev.kvasir.cache.testing;

import dev.kvasir.inference.InferenceConnection;
import dev.kvasir.inference.InferenceConnectionFactory;
import dev.kvasir.inference.InferenceException;
import dev.kvasir.inference.Model;
import dev.kvasir.inference.PoolExhaustedException;
import dev.kvasir.inference.Sequence;
import dev.kvasir.inference.SequenceRequest;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ResourceAllocationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import javax.naming.Reference;
import org.jspecify.annotations.Nullable;

/** Decode slots of a {@link TestingModel}; refuses at once when all are taken. */
public final class TestingConnectionFactory implements InferenceConnectionFactory {
  private static final long serialVersionUID = 1L;

  private transient volatile TestingModel model;
  private final int slots;
  private final AtomicInteger taken = new AtomicInteger();
  private transient volatile Runnable beforeOpen = () -> {};
  private transient volatile Runnable afterModel = () -> {};
  private volatile boolean stopped;

  public TestingConnectionFactory(TestingModel model, int slots) {
    this.model = model;
    this.slots = slots;
  }

  /** Runs between taking a slot and opening its sequence, once each time. */
  public void beforeOpen(Runnable action) {
    beforeOpen = action;
  }

  /** Makes the engine fail at open. */
  public void failAtOpen(String message) {
    beforeOpen =
        () -> {
          throw new InferenceException(message);
        };
  }

  /** Makes the pool too small at open. */
  public void exhaustAtOpen(String message) {
    beforeOpen =
        () -> {
          throw new PoolExhaustedException(message);
        };
  }

  /** Restarts the adapter with another model once the loaded one has been asked for. */
  public void restartBeforeSlot(TestingModel next) {
    afterModel = () -> model = next;
  }

  /** Makes the adapter stop. */
  public void stop() {
    stopped = true;
  }

  /** Slots in use. */
  public int slotsTaken() {
    return taken.get();
  }

  @Override
  public InferenceConnection getConnection() throws ResourceException {
    if (stopped) {
      throw new ResourceException("stopped");
    }
    if (taken.incrementAndGet() > slots) {
      taken.decrementAndGet();
      throw new ResourceAllocationException("all %d slots are taken".formatted(slots));
    }
    TestingModel loaded = model;
    return new InferenceConnection() {
      @Override
      public Model model() {
        return loaded;
      }

      @Override
      public Sequence open(SequenceRequest request, BooleanSupplier wanted) {
        beforeOpen.run();
        return loaded.open(request, wanted);
      }

      @Override
      public void close() {
        taken.decrementAndGet();
      }
    };
  }

  @Override
  public Model model() {
    TestingModel loaded = model;
    afterModel.run();
    return loaded;
  }

  @Override
  public void setReference(Reference reference) {
    throw new UnsupportedOperationException("not in JNDI");
  }

  @Override
  public @Nullable Reference getReference() {
    return null;
  }
}
