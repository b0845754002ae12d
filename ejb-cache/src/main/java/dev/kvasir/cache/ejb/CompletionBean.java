package dev.kvasir.cache.ejb;

import dev.kvasir.completion.Completion;
import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.completion.CompletionService;
import dev.kvasir.completion.TokenSink;
import dev.kvasir.inference.ModelInfo;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;

/**
 * Completions for the modules of this application, and by {@link GuestEntrance} for others on the
 * server; no transaction, as an answer may take minutes.
 */
@Stateless(name = "CompletionBean")
@Local(CompletionService.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class CompletionBean implements CompletionService {
  @EJB private CacheCoordinator coordinator;

  @Override
  public ModelInfo model() {
    return coordinator.node().completions().model();
  }

  @Override
  public Completion complete(CompletionRequest request, TokenSink sink) {
    coordinator.gate().pass();
    return coordinator.node().completions().complete(request, sink);
  }
}
