package dev.kvasir.cache.ejb;

import dev.kvasir.cache.BlockInfo;
import dev.kvasir.cache.CacheAdmin;
import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.CacheStats;
import dev.kvasir.cache.ChangeOutcome;
import dev.kvasir.cache.ClearScope;
import dev.kvasir.cache.ClusterInfo;
import dev.kvasir.cache.Explanation;
import dev.kvasir.cache.PinOutcome;
import dev.kvasir.cache.Prefix;
import dev.kvasir.cache.QueueStats;
import dev.kvasir.cache.SettingsVersion;
import dev.kvasir.cache.ShadowPolicy;
import dev.kvasir.cache.ShadowReport;
import dev.kvasir.cache.WhatIf;
import dev.kvasir.completion.CompletionFailedException;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.InferenceException;
import dev.kvasir.inference.Model;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What administrators see and do, for the console and the REST resources. */
@Stateless(name = "CacheAdminBean")
@Local(CacheAdmin.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class CacheAdminBean implements CacheAdmin {
  private static final int MAX_BLOCKS = 1_000;

  @EJB private CacheCoordinator coordinator;
  @EJB private DirectoryCoordinator directory;

  @Override
  public CacheStats stats() {
    return coordinator.node().cache().stats();
  }

  @Override
  public ShadowReport shadows() {
    return coordinator.node().shadows();
  }

  @Override
  public WhatIf whatIf(List<ShadowPolicy> policies) {
    return coordinator.node().whatIf(policies);
  }

  @Override
  public QueueStats queue() {
    return coordinator.queue().stats();
  }

  @Override
  public SettingsVersion settings() {
    return coordinator.link().version();
  }

  @Override
  public SettingsVersion latestSettings() {
    return coordinator.grid().admin().latestVersion();
  }

  @Override
  public ChangeOutcome change(String who, String tag, CacheSettings settings) {
    return kept(coordinator.grid().admin().change(who, tag, settings));
  }

  @Override
  public Optional<ChangeOutcome> revert(String who, String tag, long version) {
    return kept(coordinator.grid().admin().revert(who, tag, version));
  }

  @Override
  public List<SettingsVersion> history() {
    return coordinator.grid().admin().history();
  }

  @Override
  public List<BlockInfo> blocks(String hashPrefix, @Nullable BlockHash after, int limit) {
    int most = Math.max(1, Math.min(MAX_BLOCKS, limit));
    return coordinator.grid().admin().blocks(hashPrefix, after, most);
  }

  @Override
  public Map<String, Long> bytesByTenant() {
    return coordinator.link().bytesByTenant();
  }

  @Override
  public long clear(ClearScope scope) {
    return switch (scope) {
      case POOL -> reach(() -> (long) coordinator.model().clearPool());
      case DISK -> coordinator.link().disk().clear(tenant -> true);
      case NEAR, ALL -> kept(coordinator.grid().admin().clear(scope));
    };
  }

  @Override
  public PinOutcome pin(String tenant, String text) {
    Model model = coordinator.model();
    Prefix prefix =
        coordinator.node().names().of(model.info().layout(), tenant, model.tokenize(text, false));
    int cached = coordinator.link().countLeading(prefix.hashes());
    int pinned = cached == 0 ? 0 : pin(prefix.hashes().get(cached - 1));
    return new PinOutcome(pinned, prefix.tokens().size(), prefix.hashes().size());
  }

  @Override
  public int pin(BlockHash hash) {
    return kept(coordinator.grid().admin().pin(hash));
  }

  @Override
  public int unpin(BlockHash hash) {
    return kept(coordinator.grid().admin().unpin(hash));
  }

  @Override
  public Optional<Explanation> explain(String requestId) {
    return coordinator.link().explain(requestId);
  }

  @Override
  public ClusterInfo cluster() {
    return coordinator.link().cluster();
  }

  /** What came of a change that is to outlive all nodes. */
  private <T> T kept(T outcome) {
    directory.keepSettings();
    return outcome;
  }

  /** What the engine gives; its troubles come out as the caller knows them. */
  static <T> T reach(Supplier<T> action) {
    try {
      return action.get();
    } catch (InferenceException e) {
      throw new CompletionFailedException("the engine failed: " + e.getMessage(), e);
    }
  }
}
