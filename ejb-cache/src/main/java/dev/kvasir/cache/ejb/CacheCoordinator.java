package dev.kvasir.cache.ejb;

import dev.kvasir.cache.PrefixCache;
import dev.kvasir.cache.Ticker;
import dev.kvasir.cache.grid.Grid;
import dev.kvasir.cache.grid.GridConfig;
import dev.kvasir.cache.guard.GuardedStore;
import dev.kvasir.cache.guard.StoreCircuit;
import dev.kvasir.cache.metrics.CacheMetrics;
import dev.kvasir.cache.metrics.RequestMetrics;
import dev.kvasir.cache.request.CachedCompletion;
import dev.kvasir.cache.request.PrefixNames;
import dev.kvasir.cache.request.Site;
import dev.kvasir.cache.stats.CacheCounters;
import dev.kvasir.cache.tiered.FetchRound;
import dev.kvasir.cache.tiered.LoadCost;
import dev.kvasir.cache.tiered.Publisher;
import dev.kvasir.cache.tiered.TieredPrefixCache;
import dev.kvasir.cache.tiered.Tiers;
import dev.kvasir.completion.CompletionFailedException;
import dev.kvasir.inference.InferenceConnectionFactory;
import dev.kvasir.inference.Model;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import jakarta.resource.ResourceException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.jspecify.annotations.Nullable;

/**
 * The node's life: reads the configuration, joins the grid, wires cache and completions, and takes
 * all of it down again. What it wires is written once, at start, and only read afterwards.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class CacheCoordinator {
  private static final Logger LOG = System.getLogger(CacheCoordinator.class.getName());

  @Resource(lookup = "jca/inference")
  private InferenceConnectionFactory inference;

  @Resource private ManagedScheduledExecutorService executor;
  @Inject private GuardedStore store;
  @Inject private StoreCircuit circuit;
  @Inject private MetricRegistry registry;

  private volatile @Nullable Node node;
  private @Nullable Grid grid; // start and stop only
  private @Nullable Future<?> metering; // start and stop only

  @PostConstruct
  void start() {
    try {
      NodeConfig config =
          NodeConfig.read(
              new ConfigValues(
                  key -> ConfigProvider.getConfig().getOptionalValue(key, String.class)));
      String secret = ClusterSecret.read(config.secretFile());
      Grid joined = Grid.start(gridConfig(config, secret), executor);
      grid = joined;
      node = wire(config, joined, new PrefixNames(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "KVASIR1001: Kvasir did not start: {0}", e.getMessage());
      stop();
      throw e;
    }
  }

  private GridConfig gridConfig(NodeConfig config, String secret) {
    return new GridConfig(
        config.node(),
        new GridConfig.Network(config.bind(), config.clusterPort(), config.join()),
        secret,
        config.settings(),
        new GridConfig.Near(config.nearBytes(), model().info().layout().blockBytes()),
        GridConfig.RECONCILE_EVERY);
  }

  private Node wire(NodeConfig config, Grid joined, PrefixNames names) {
    Ticker ticker = Ticker.system();
    CacheCounters counters = new CacheCounters(config.node(), circuit::label, ticker);
    store.guard(
        joined,
        new FetchRound(joined, counters::storeTrouble),
        () -> joined.admin().settings().deadlineMillis());
    Tiers tiers = new Tiers(this::model, store, store, joined.admin()::settings);
    Publisher publisher = new Publisher(tiers, executor, config.publishQueueBlocks(), counters);
    PrefixCache cache = new TieredPrefixCache(tiers, new LoadCost(ticker), publisher, counters);
    Site site = new Site(config.node(), ticker, new RequestMetrics(registry));
    joined.onClear(() -> model().clearPool());
    meter(cache, counters);
    return new Node(joined, names, cache, new CachedCompletion(inference, names, cache, site));
  }

  private void meter(PrefixCache cache, CacheCounters counters) {
    CacheMetrics metrics = new CacheMetrics(registry, cache.stats(), counters);
    metering =
        executor.scheduleWithFixedDelay(
            () -> {
              try {
                metrics.refresh(cache.stats());
              } catch (RuntimeException e) {
                LOG.log(Level.DEBUG, "metrics were not refreshed", e); // the next second will
              }
            },
            1,
            1,
            TimeUnit.SECONDS);
  }

  /**
   * The loaded model.
   *
   * @throws CompletionFailedException if the adapter is not running
   */
  public Model model() {
    try {
      return inference.model();
    } catch (ResourceException e) {
      throw new CompletionFailedException("the inference adapter is not running", e);
    }
  }

  /** What runs here. */
  public Node node() {
    Node running = node;
    if (running == null) {
      throw new IllegalStateException("Kvasir is not started; the server's log says why");
    }
    return running;
  }

  @PreDestroy
  void stop() {
    Future<?> refreshing = metering;
    if (refreshing != null) {
      refreshing.cancel(false);
    }
    Grid joined = grid;
    if (joined != null) {
      joined.close();
    }
  }
}
