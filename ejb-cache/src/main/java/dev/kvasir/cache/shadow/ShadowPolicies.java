package dev.kvasir.cache.shadow;

import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.Prefix;
import dev.kvasir.cache.ShadowPolicy;
import dev.kvasir.cache.ShadowReport;
import dev.kvasir.cache.policy.CacheSimulator;
import dev.kvasir.cache.policy.RecomputeCost;
import dev.kvasir.cache.tiered.KeyStream;
import dev.kvasir.inference.BlockHash;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;

/** The shadows of a node: hears of its requests and lets all of them go through the same. */
public final class ShadowPolicies implements KeyStream {
  /*
   * A request hands a reference over, to a bounded queue; a task of somebody else's drains it, one
   * at a time. What does not fit is not seen, and counted: the shadows then see fewer requests, of
   * all kinds alike. A shadow that stays in the settings goes on when others change.
   */
  static final int QUEUE_REQUESTS = 4_096;

  private final Supplier<CacheSettings> settings;
  private final Function<CacheSettings, CacheSimulator.Room> roomOf;
  private final Supplier<RecomputeCost> cost;
  private final Executor executor;
  private final BlockingQueue<Event> queue = new ArrayBlockingQueue<>(QUEUE_REQUESTS);
  private final AtomicBoolean draining = new AtomicBoolean();
  private final LongAdder dropped = new LongAdder();
  private List<Shadow> shadows = List.of(); // guarded by this

  /**
   * @param settings in force
   * @param roomOf this node's share of the live cache
   * @param cost of blocks, for policies that ask for it
   * @param executor runs the task that drains the queue; may run it at once
   */
  public ShadowPolicies(
      Supplier<CacheSettings> settings,
      Function<CacheSettings, CacheSimulator.Room> roomOf,
      Supplier<RecomputeCost> cost,
      Executor executor) {
    this.settings = settings;
    this.roomOf = roomOf;
    this.cost = cost;
    this.executor = executor;
  }

  /** A look-up, or a publish where {@code liveHits} is below 0. */
  private record Event(String tenant, List<BlockHash> chain, int liveHits) {}

  @Override
  public boolean listens() {
    return !settings.get().shadows().isEmpty();
  }

  @Override
  public void looked(Prefix prefix, int liveHits) {
    offer(new Event(prefix.tenant(), prefix.hashes(), liveHits));
  }

  @Override
  public void published(Prefix prefix) {
    offer(new Event(prefix.tenant(), prefix.hashes(), -1));
  }

  private void offer(Event event) {
    if (!listens()) {
      return;
    }
    if (!queue.offer(event)) {
      dropped.increment();
    }
    if (draining.compareAndSet(false, true)) {
      try {
        executor.execute(this::drain);
      } catch (RejectedExecutionException e) {
        draining.set(false); // the node is stopping
      }
    }
  }

  private void drain() {
    do {
      try {
        follow();
      } finally {
        draining.set(false);
      }
    } while (!queue.isEmpty() && draining.compareAndSet(false, true));
  }

  private synchronized void follow() {
    keepUpWithSettings();
    for (Event event = queue.poll(); event != null; event = queue.poll()) {
      for (Shadow shadow : shadows) {
        if (event.liveHits() < 0) {
          shadow.publish(event.tenant(), event.chain());
        } else {
          shadow.look(event.tenant(), event.chain(), event.liveHits());
        }
      }
    }
  }

  private synchronized void keepUpWithSettings() {
    CacheSettings now = settings.get();
    CacheSimulator.Room room = roomOf.apply(now);
    List<Shadow> wanted = new ArrayList<>();
    for (ShadowPolicy policy : now.shadows()) {
      Shadow shadow =
          shadows.stream()
              .filter(one -> one.policy().equals(policy))
              .findFirst()
              .orElseGet(() -> new Shadow(policy, room, cost.get()));
      shadow.resize(room);
      wanted.add(shadow);
    }
    shadows = List.copyOf(wanted);
  }

  /** How they fare. */
  public synchronized ShadowReport report(String node) {
    keepUpWithSettings();
    CacheSettings now = settings.get();
    return new ShadowReport(
        node,
        new ShadowPolicy(now.policy(), now.admission(), 1).toString(),
        shadows.stream().map(Shadow::report).toList(),
        dropped.sum());
  }
}
