package dev.kvasir.completion;

import dev.kvasir.inference.ModelInfo;
import jakarta.enterprise.concurrent.ContextService;
import java.util.concurrent.atomic.AtomicReference;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * Completions for the other applications of the server: passes each call on to the Kvasir that runs
 * then, so whoever holds this need not care when Kvasir starts, stops or is replaced.
 */
public final class GuestCompletions implements CompletionService {
  /*
   * A server library's class loader lives as long as the server, an application's must not. So this
   * holds nothing of Kvasir's application but what was opened, and that until it is closed.
   *
   * What is opened is the bean's proxy: a call gets the container's services, class loader and
   * java:comp of Kvasir. The sink is the guest's code, and gets the guest's again for each token.
   */
  private static final GuestCompletions SERVER = new GuestCompletions();

  private final AtomicReference<@Nullable CompletionService> running = new AtomicReference<>();

  GuestCompletions() {}

  /** Those of this server. */
  public static GuestCompletions ofServer() {
    return SERVER;
  }

  /** From now on passes calls on to a service. */
  public void open(CompletionService service) {
    running.set(service);
  }

  /** Passes nothing on to the service any more; no effect if another one was opened since. */
  public void close(CompletionService service) {
    running.compareAndSet(service, null);
  }

  @Override
  public ModelInfo model() {
    return running().model();
  }

  @Override
  public Completion complete(CompletionRequest request, TokenSink sink) {
    return running().complete(request, inContextOfCaller(sink));
  }

  private CompletionService running() {
    CompletionService service = running.get();
    if (service == null) {
      throw new IllegalStateException(
          "Kvasir is not started on this server; the server's log says why");
    }
    return service;
  }

  @SuppressWarnings("BanJNDI") // a fixed name in the container's own space
  private static TokenSink inContextOfCaller(TokenSink sink) {
    try {
      ContextService contexts = InitialContext.doLookup("java:comp/DefaultContextService");
      return contexts.createContextualProxy(sink, TokenSink.class);
    } catch (NamingException e) {
      return sink; // a thread of no application, so there is no context to go back to
    }
  }
}
