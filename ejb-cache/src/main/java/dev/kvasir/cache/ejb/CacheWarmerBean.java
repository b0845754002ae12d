package dev.kvasir.cache.ejb;

import dev.kvasir.cache.CacheWarmer;
import dev.kvasir.cache.WarmUp;
import dev.kvasir.cache.warm.WarmUps;
import dev.kvasir.completion.CompletionService;
import dev.kvasir.completion.Prompt;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** This node's warm-ups, on the server's threads, until the node stops. */
@Singleton(name = "CacheWarmerBean")
@Local(CacheWarmer.class)
@DependsOn("CacheCoordinator")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class CacheWarmerBean implements CacheWarmer {
  @EJB private CompletionService completions;
  @Resource private ManagedScheduledExecutorService executor;
  private volatile @Nullable WarmUps warmUps; // from start to stop

  @PostConstruct
  void begin() {
    warmUps = new WarmUps(completions, executor);
  }

  private WarmUps warmUps() {
    WarmUps started = warmUps;
    if (started == null) {
      throw new IllegalStateException("Kvasir is not started; the server's log says why");
    }
    return started;
  }

  @Override
  public Optional<WarmUp> start(String tenant, List<Prompt> prompts) {
    return warmUps().start(tenant, prompts);
  }

  @Override
  public List<WarmUp> all() {
    return warmUps().all();
  }

  @Override
  public Optional<WarmUp> find(String id) {
    return warmUps().find(id);
  }

  @Override
  public Optional<WarmUp> cancel(String id) {
    return warmUps().cancel(id);
  }

  @PreDestroy
  void stop() {
    warmUps().close();
  }
}
