package dev.kvasir.cache.ejb;

import dev.kvasir.cache.NodeReport.Load;
import dev.kvasir.cache.QueueStats;
import dev.kvasir.cache.Refusal;
import dev.kvasir.cache.Ticker;
import dev.kvasir.cache.accesslog.AccessLog;
import dev.kvasir.cache.disk.DiskTier;
import dev.kvasir.cache.explain.RecentRequests;
import dev.kvasir.cache.grid.Grid;
import dev.kvasir.cache.grid.GridLink;
import dev.kvasir.cache.guard.CircuitGuard;
import dev.kvasir.cache.guard.GuardedStore;
import dev.kvasir.cache.guard.StoreCircuit;
import dev.kvasir.cache.metrics.ApproximateMetrics;
import dev.kvasir.cache.metrics.BlockAgeMetrics;
import dev.kvasir.cache.metrics.CacheMetrics;
import dev.kvasir.cache.metrics.QueueMetrics;
import dev.kvasir.cache.metrics.QuotaMetrics;
import dev.kvasir.cache.metrics.RequestMetrics;
import dev.kvasir.cache.metrics.ReuseMetrics;
import dev.kvasir.cache.metrics.RouteMetrics;
import dev.kvasir.cache.metrics.ShadowMetrics;
import dev.kvasir.cache.node.CacheNode;
import dev.kvasir.cache.policy.RecomputeCost;
import dev.kvasir.cache.queue.Gate;
import dev.kvasir.cache.queue.SlotQueue;
import dev.kvasir.cache.request.FinishedRequest;
import dev.kvasir.cache.request.LoadedModel;
import dev.kvasir.cache.request.PrefixNames;
import dev.kvasir.cache.request.Site;
import dev.kvasir.cache.stats.LogLimit;
import dev.kvasir.cache.stats.TokenRate;
import dev.kvasir.completion.CompletionFailedException;
import dev.kvasir.inference.InferenceConnectionFactory;
import dev.kvasir.inference.InferenceException;
import dev.kvasir.inference.Model;
import dev.kvasir.inference.ModelInfo;
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
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.jspecify.annotations.Nullable;

/**
 * The node's life: reads the configuration, joins the grid, wires cache and completions, and takes
 * all of it down again. What it has is written once, at start, and only read afterwards.
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

  private volatile @Nullable SlotQueue queue;
  private volatile @Nullable Gate gate;
  private final RecentRequests recent = new RecentRequests();
  private volatile @Nullable GridLink link;
  private @Nullable DiskTier disk; // start and stop only
  private volatile @Nullable CacheNode node;
  private volatile Function<String, Optional<String>> groups = tenant -> Optional.empty();
  private volatile @Nullable NodeRoutes routes;
  private @Nullable AccessLog accessLog; // start and stop only
  private @Nullable Future<?> metering; // start and stop only

  @PostConstruct
  void start() {
    try {
      NodeConfig config =
          NodeConfig.read(
              new ConfigValues(
                  key -> ConfigProvider.getConfig().getOptionalValue(key, String.class)));
      String secret = ClusterSecret.read(config.secretFile());
      ModelInfo model = model().info();
      GridLink joined =
          GridLink.start(
              config.grid(secret, model.layout().blockBytes(), RecomputeCost.of(model)), executor);
      link = joined;
      shareDisk(config.disk(), joined, secret);
      SlotQueue before = new SlotQueue(config.queue(), Ticker.system());
      queue = before;
      CacheNode started =
          wire(
              config,
              joined,
              new PrefixNames(secret, config.scope(), tenant -> groups.apply(tenant)),
              whoHearsOfEnds(config, secret));
      routes = NodeRoutes.start(this, config.routes(), new RouteMetrics(registry));
      meter(started, before);
      node = started;
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "KVASIR1001: Kvasir did not start: {0}", e.getMessage());
      stop();
      throw e;
    }
  }

  private void shareDisk(DiskConfig config, GridLink joined, String secret) {
    config
        .open(secret, joined::settings, joined::pins, executor)
        .ifPresent(
            opened -> {
              disk = opened;
              joined.share(opened);
            });
  }

  private List<Consumer<FinishedRequest>> whoHearsOfEnds(NodeConfig config, String secret) {
    List<Consumer<FinishedRequest>> listeners = new ArrayList<>();
    listeners.add(recent);
    listeners.add(new ReuseMetrics(registry));
    listeners.add(new ApproximateMetrics(registry));
    Tracing.of(config.tracesDisabled()).ifPresent(listeners::add);
    Runnable countDrop = RequestMetrics.accessLogDrops(registry);
    if (config.accessLog().isOn()) {
      AccessLog opened = new AccessLog(config.accessLog(), secret, executor, countDrop);
      accessLog = opened;
      listeners.add(opened);
    }
    return listeners;
  }

  private CacheNode wire(
      NodeConfig config,
      GridLink joined,
      PrefixNames names,
      List<Consumer<FinishedRequest>> listeners) {
    RequestMetrics metrics = new RequestMetrics(registry);
    gate = new Gate(config.node(), () -> metrics.refused(Refusal.DRAINING));
    CacheNode wired =
        new CacheNode(
            new Site(config.node(), Ticker.system(), metrics, listeners, queue()),
            inference,
            names,
            new CacheNode.Shared(
                joined,
                joined.disk(),
                new CircuitGuard(store, circuit),
                joined.flights(),
                joined::settings,
                new CacheNode.Background(
                    executor, config.publishQueueBlocks(), config.recomputeCheckPercent())));
    joined.whenReached(
        grid -> {
          grid.onClear(wired::forgetPrompts);
          grid.onDrop(tenant -> wired.forgetPrompts());
          grid.explainFrom(recent::find);
          grid.showLoad(() -> load(metrics.rate()));
        });
    return wired;
  }

  private Load load(TokenRate answered) {
    QueueStats now = queue().stats();
    return new Load(
        now.running(), now.waiting(), now.slots(), gate().isClosed(), answered.perSecond());
  }

  private void meter(CacheNode started, SlotQueue before) {
    QueueMetrics.register(registry, before);
    QueueMetrics.registerNode(registry, link()::memberCount, this::isReady);
    BlockAgeMetrics ages = new BlockAgeMetrics(registry, () -> link().settings().eviction());
    link().whenReached(grid -> grid.observeAges(ages));
    CacheMetrics metrics = new CacheMetrics(registry, started.cache().stats(), started.counters());
    QuotaMetrics quotas = new QuotaMetrics(registry);
    ShadowMetrics shadows = new ShadowMetrics(registry);
    LogLimit staleLog = new LogLimit(Ticker.system());
    metering =
        executor.scheduleWithFixedDelay(
            () -> {
              try {
                metrics.refresh(started.cache().stats());
                shadows.refresh(started.shadows());
                quotas.refresh(started.cache().stats().publishing());
              } catch (RuntimeException e) {
                if (staleLog.allows()) { // the next second tries again
                  LOG.log(
                      Level.WARNING,
                      "KVASIR1002: the cache''s metrics stand still, as its statistics cannot be read ({0})",
                      e.toString());
                }
              }
            },
            1,
            1,
            TimeUnit.SECONDS);
  }

  private boolean isReady() {
    try {
      model().requireServing();
      return true;
    } catch (CompletionFailedException | InferenceException e) {
      return false;
    }
  }

  /**
   * The loaded model.
   *
   * @throws CompletionFailedException if the adapter is not running
   */
  public Model model() {
    return new LoadedModel(inference).get();
  }

  /** What stands before this node's decode slots. */
  public SlotQueue queue() {
    return started(queue);
  }

  /** Where completions come in. */
  public Gate gate() {
    return started(gate);
  }

  /** The cache of this node. */
  public CacheNode node() {
    return started(node);
  }

  /** Where requests had best be answered. */
  public NodeRoutes routes() {
    return started(routes);
  }

  /** This node's way to the grid. */
  public GridLink link() {
    return started(link);
  }

  /**
   * This node's member of the grid, or its client.
   *
   * @throws dev.kvasir.cache.grid.GridException if no member was reached yet
   */
  public Grid grid() {
    return link().grid();
  }

  /**
   * Lets tenants share as their groups say; until then each has its own blocks only.
   *
   * @param texts see {@link PrefixNames}
   */
  public void shareInGroups(Function<String, Optional<String>> texts) {
    groups = texts;
  }

  static <T> T started(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("Kvasir is not started; the server's log says why");
    }
    return part;
  }

  @PreDestroy
  void stop() {
    Future<?> refreshing = metering;
    if (refreshing != null) {
      refreshing.cancel(false);
    }
    GridLink joined = link;
    if (joined != null) {
      joined.close();
    }
    DiskTier opened = disk;
    if (opened != null) {
      opened.close();
    }
    AccessLog log = accessLog;
    if (log != null) {
      log.close();
    }
  }
}
