package dev.kvasir.console;

import dev.kvasir.cache.CacheAdmin;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The pages' view of the cache: one background task takes a {@link Snapshot} every two seconds, and
 * all pages read the last one. So a page never waits for the grid: while that does not answer, the
 * last snapshot stays and {@link #isStale} says so. Written by the task's thread only.
 */
@ApplicationScoped
public class Snapshots {
  /** Time between two snapshots. */
  static final Duration PERIOD = Duration.ofSeconds(2);

  /** Age from which a snapshot is called stale. */
  static final Duration STALE_AFTER = Duration.ofSeconds(10);

  private static final System.Logger LOGGER = System.getLogger(Snapshots.class.getName());

  @EJB CacheAdmin cache;
  @Resource ManagedScheduledExecutorService scheduler;

  private final InstantSource clock;
  private final Map<Range, History> histories = new EnumMap<>(Range.class);
  private volatile @Nullable Snapshot latest;
  private volatile boolean failing;
  private @Nullable ScheduledFuture<?> task;

  public Snapshots() {
    this(InstantSource.system());
  }

  /** Snapshots dated by {@code clock}. */
  protected Snapshots(InstantSource clock) {
    this.clock = clock;
    for (Range range : Range.values()) {
      histories.put(range, new History(range));
    }
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    task = scheduler.scheduleAtFixedRate(this::take, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  @PreDestroy
  void stop() {
    if (task != null) {
      task.cancel(true);
    }
  }

  /** Takes a snapshot now. Trouble is logged once, until it is over. */
  protected void take() {
    try {
      Snapshot taken =
          new Snapshot(
              clock.instant(),
              cache.stats(),
              cache.settings().settings(),
              cache.cluster(),
              cache.bytesByTenant());
      histories.values().forEach(history -> history.add(taken.takenAt(), taken.stats()));
      latest = taken;
      failing = false;
    } catch (RuntimeException e) {
      if (!failing) {
        LOGGER.log(Level.WARNING, "KVASIR-C01: the cache's figures cannot be read; trying on", e);
      }
      failing = true;
    }
  }

  /** The last snapshot; empty until the cache has answered for the first time. */
  public Optional<Snapshot> latest() {
    return Optional.ofNullable(latest);
  }

  /** What was counted lately, oldest first, up to now. */
  public List<History.Bucket> history(Range range) {
    return Objects.requireNonNull(histories.get(range)).buckets(clock.instant());
  }

  /** Whether the cache has not answered for more than ten seconds, or not yet. */
  public boolean isStale() {
    Snapshot last = latest;
    return last == null || ageOf(last).compareTo(STALE_AFTER) > 0;
  }

  /** Seconds since the last snapshot; 0 before the first. */
  public long ageSeconds() {
    Snapshot last = latest;
    return last == null ? 0 : ageOf(last).toSeconds();
  }

  private Duration ageOf(Snapshot snapshot) {
    return Duration.between(snapshot.takenAt(), clock.instant());
  }
}
