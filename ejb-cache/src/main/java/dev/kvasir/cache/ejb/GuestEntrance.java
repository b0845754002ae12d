package dev.kvasir.cache.ejb;

import dev.kvasir.completion.CompletionService;
import dev.kvasir.completion.GuestCompletions;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;

/** Lets other applications of the server in while the node runs, and for no longer. */
@Singleton
@Startup
@DependsOn("CacheCoordinator")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class GuestEntrance {
  @EJB private CompletionService completions;

  @PostConstruct
  void open() {
    GuestCompletions.ofServer().open(completions);
  }

  @PreDestroy
  void close() {
    GuestCompletions.ofServer().close(completions);
  }
}
