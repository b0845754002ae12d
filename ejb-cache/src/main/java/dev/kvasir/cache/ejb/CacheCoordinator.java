package dev.kvasir.cache.ejb;

import dev.kvasir.cache.PrefixCache;
import dev.kvasir.cache.Ticker;
import dev.kvasir.cache.grid.Grid;
import dev.kvasir.cache.grid.GridConfig;
import dev.kvasir.cache.guard.GuardedStore;
import dev.kvasir.cache.guard.StoreCircuit;
import dev.kvasir.cache.request.CachedCompletion;
import dev.kvasir.cache.request.PrefixNames;
import dev.kvasir.cache.request.RequestObserver;
import dev.kvasir.cache.request.Site;
import dev.kvasir.cache.stats.CacheCounters;
import dev.kvasir.cache.tiered.FetchRound;
import dev.kvasir.cache.tiered.LoadCost;
import dev.kvasir.cache.tiered.Publisher;
import dev.kvasir.cache.tiered.TieredPrefixCache;
import dev.kvasir.cache.tiered.Tiers;
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
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * The node's life: reads the configuration, joins the grid, wires cache and completions, and takes
 * all of it down again. Written once at start, then only read.
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

  private volatile @Nullable Grid grid;
  private volatile @Nullable PrefixCache cache;
  private volatile @Nullable CachedCompletion completions;

  @PostConstruct
  void start() {
    try {
      NodeConfig config =
          NodeConfig.read(
              new ConfigValues(
                  key -> ConfigProvider.getConfig().getOptionalValue(key, String.class)));
      String secret = secret(config.secretFile());
      Grid joined = Grid.start(gridConfig(config, secret), executor);
      grid = joined;
      wire(config, joined, new PrefixNames(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "KVASIR1001: Kvasir did not start: {0}", e.getMessage());
      throw e;
    }
  }

  private static String secret(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "kvasir.cluster.secret.file is %s, which cannot be read; copy it from another node, or write 64 random hexadecimal digits into it"
              .formatted(file.toAbsolutePath()),
          e);
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

  private void wire(NodeConfig config, Grid joined, PrefixNames names) {
    Ticker ticker = Ticker.system();
    CacheCounters counters = new CacheCounters(config.node(), circuit::label, ticker);
    store.guard(joined, new FetchRound(joined, counters::storeTrouble));
    Tiers tiers = new Tiers(this::model, store, store, config::settings);
    Publisher publisher = new Publisher(tiers, executor, config.publishQueueBlocks(), counters);
    PrefixCache prefixes = new TieredPrefixCache(tiers, new LoadCost(ticker), publisher, counters);
    cache = prefixes;
    completions =
        new CachedCompletion(
            inference, names, prefixes, new Site(config.node(), ticker, RequestObserver.NONE));
  }

  private Model model() {
    try {
      return inference.model();
    } catch (ResourceException e) {
      throw new IllegalStateException("the inference adapter is not running", e);
    }
  }

  @PreDestroy
  void stop() {
    Grid joined = grid;
    if (joined != null) {
      joined.close();
    }
  }

  CachedCompletion completions() {
    return started(completions);
  }

  PrefixCache cache() {
    return started(cache);
  }

  private static <T> T started(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("Kvasir is not started; the server's log says why");
    }
    return part;
  }
}
