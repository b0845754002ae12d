package dev.kvasir.cache.grid;

import dev.kvasir.cache.BlockStore;
import dev.kvasir.cache.BlockTier;
import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.ClusterInfo;
import dev.kvasir.cache.Explanation;
import dev.kvasir.cache.SettingsVersion;
import dev.kvasir.cache.Ticker;
import dev.kvasir.cache.audit.AuditFeed;
import dev.kvasir.cache.flight.FlightBoard;
import dev.kvasir.cache.route.PoolCensus;
import dev.kvasir.cache.stats.LogLimit;
import dev.kvasir.cache.tenants.SharedRecords;
import dev.kvasir.cache.tenants.SharedTexts;
import dev.kvasir.inference.BlockHash;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A node's way to its grid: there from the start if the node is a member of it; else as soon as the
 * members that it is a client of can be reached. Until then every look-up is a miss, and what the
 * node has for the grid is held back.
 */
public final class GridLink extends StoreFront implements AutoCloseable {
  /*
   * Only the first connection is made here: Hazelcast's client must be connected before its maps can
   * be had. One that is lost later it makes anew by itself, and the Grid goes on with it.
   */
  private static final System.Logger LOG = System.getLogger(GridLink.class.getName());
  private static final Duration TRY_EVERY = Duration.ofSeconds(2);

  private final GridConfig config;
  private final ScheduledExecutorService scheduler;
  private final Upkeep trying;
  private final LogLimit refusedLog = new LogLimit(Ticker.system());
  private final BlockStore away = new AwayStore(this::unreached);
  private final SharedDisk disk = new SharedDisk();
  private final FlightBoard flights = new LinkedFlights(this::reached);
  private final PoolCensus pools = new LinkedPools(this::reached);
  private final SharedRecords records = new LinkedRecords(this);
  private final AuditFeed auditFeed = new LinkedAuditFeed(this);
  private final SettingsVersion own;
  private final List<Consumer<Grid>> heldBack = new ArrayList<>(); // guarded by this
  private volatile @Nullable Grid grid; // written under this
  private boolean closed; // guarded by this

  private GridLink(GridConfig config, ScheduledExecutorService scheduler) {
    this.config = config;
    this.scheduler = scheduler;
    this.trying = new Upkeep(scheduler);
    own = new SettingsVersion("0", 0, config.origin(Instant.now()), config.settings());
  }

  /**
   * Joins the cluster, or connects to it; a client that reaches nobody goes on trying.
   *
   * @param scheduler for all periodic work and answers; the caller's to stop, after {@link #close}
   * @throws GridException if the port is taken, or members that can be reached refuse this one
   */
  public static GridLink start(GridConfig config, ScheduledExecutorService scheduler) {
    GridLink link = new GridLink(config, scheduler);
    try {
      link.connect();
    } catch (ClientStart.UnreachableException | ClientStart.UnusableException e) {
      LOG.log(
          Level.WARNING,
          "KVASIR3010: {0}; this node serves without the shared cache, and tries on every {1} s",
          e.getMessage(),
          TRY_EVERY.toSeconds());
      link.trying.every(TRY_EVERY, "connecting to the grid", link::tryOn);
    }
    return link;
  }

  private void tryOn() {
    try {
      connect();
    } catch (ClientStart.UnreachableException e) {
      LOG.log(Level.DEBUG, "{0}", e.getMessage());
    } catch (GridException e) {
      if (refusedLog.allows()) {
        LOG.log(Level.WARNING, "KVASIR3011: {0}; this node serves on without it", e.getMessage());
      }
    }
  }

  private synchronized void connect() {
    if (closed || grid != null) {
      return;
    }
    Grid started = Grid.start(config, scheduler, disk);
    try {
      heldBack.forEach(action -> action.accept(started));
    } catch (RuntimeException e) {
      started.close(); // the next try starts another one
      throw e;
    }
    heldBack.clear();
    grid = started;
    trying.close();
    if (config.network().isClient()) {
      LOG.log(Level.INFO, "connected to the grid at {0}", config.network().join());
    }
  }

  /** The grid, if it was reached: a client may have lost it since, and gets it back. */
  Optional<Grid> reached() {
    return Optional.ofNullable(grid);
  }

  /**
   * The same.
   *
   * @throws GridException if it was not reached yet
   */
  public Grid grid() {
    return reached().orElseThrow(this::unreached);
  }

  private GridException unreached() {
    return new GridException(
        "none of %s was reached yet; start one with bin/grid".formatted(config.network().join()));
  }

  /**
   * Does something with the grid, once: now, or when it is reached. What fails then is done again
   * with the next one, as is all else that waited.
   */
  public synchronized void whenReached(Consumer<Grid> action) {
    Grid started = grid;
    if (started == null) {
      heldBack.add(action);
    } else {
      action.accept(started);
    }
  }

  @Override
  BlockStore store() {
    Grid started = grid;
    return started == null ? away : started.store();
  }

  /** The settings in force, as last heard; before anything was heard this node's own. */
  public CacheSettings settings() {
    return reached().map(started -> started.admin().settings()).orElseGet(config::settings);
  }

  /** The same, with who set them; this node's own have number 0, and cannot be changed. */
  public SettingsVersion version() {
    return reached().map(started -> started.admin().version()).orElse(own);
  }

  /** See {@link GridAdmin#bytesByTenant}; none before the grid is reached. */
  public Map<String, Long> bytesByTenant() {
    return reached().map(started -> started.admin().bytesByTenant()).orElse(Map.of());
  }

  /** The pinned blocks, as last heard, a copy. */
  public Set<BlockHash> pins() {
    return reached().map(Grid::pins).orElseGet(Set::of);
  }

  /** Members of the cluster, as this node knows: 0 if it reaches none. */
  public int memberCount() {
    return reached().filter(Grid::isReached).map(Grid::memberCount).orElse(0);
  }

  /** The nodes; without any if no member can be reached. */
  public ClusterInfo cluster() {
    return reached()
        .filter(Grid::isReached)
        .map(started -> started.admin().cluster())
        .orElseGet(() -> ClusterInfo.unreachable(config.node()));
  }

  /** Of a request that any node answered; of this node's own while no other can be asked. */
  public Optional<Explanation> explain(String requestId) {
    Optional<Grid> started = reached();
    return started.map(Grid::isReached).orElse(false)
        ? grid().admin().explain(requestId)
        : started.flatMap(lost -> lost.explanation(requestId));
  }

  /** What nodes tell each other of prefixes that they compute. */
  public FlightBoard flights() {
    return flights;
  }

  /** See {@link Grid#pools}. */
  public PoolCensus pools() {
    return pools;
  }

  /** See {@link Grid#share}. */
  public void share(BlockTier local) {
    disk.share(local);
  }

  /** See {@link Grid#disk}; this node's alone before the grid is reached. */
  public BlockTier disk() {
    return disk;
  }

  /** See {@link Grid#records}. */
  public SharedRecords records() {
    return records;
  }

  /**
   * Keeps settings and pins in texts, which outlive all members, and brings them back from there
   * where they are gone.
   *
   * @throws GridException if the grid cannot be asked
   */
  public void keepIn(SharedTexts texts) {
    reached().filter(Grid::isReached).ifPresent(started -> started.keeper().keep(texts));
  }

  /** See {@link Grid#auditFeed}. */
  public AuditFeed auditFeed() {
    return auditFeed;
  }

  /** Leaves the cluster; its blocks stay with the others. */
  @Override
  public synchronized void close() {
    closed = true;
    trying.close();
    Grid started = grid;
    if (started != null) {
      started.close();
    }
  }
}
