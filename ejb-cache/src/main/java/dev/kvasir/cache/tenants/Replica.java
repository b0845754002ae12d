package dev.kvasir.cache.tenants;

import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** This node's copy of what all nodes share, in memory and on disk. Safe for all threads. */
final class Replica {
  /*
   * Three places hold a record: the grid, which all nodes share and which is gone when all of them
   * are; each node's disk; each node's memory, which answers. The highest version wins everywhere,
   * and there is one writer of each version, as the grid replaces a version by the next only if it
   * still is the one there. So a node that comes back offers what it has, and takes what is newer.
   *
   * What a round finds is saved by the thread of the round, what an event tells by another one. That one waits for the
   * store before it takes the lock: while the application starts, the store lets in nobody but the starting thread, and
   * that takes the lock, too.
   */
  private static final System.Logger LOG = System.getLogger(Replica.class.getName());
  private static final int MAX_ATTEMPTS = 20;

  private final SharedRecords shared;
  private final RecordStore store;
  private final Executor executor;
  private final Map<String, Registered> known = new ConcurrentHashMap<>();
  private final Object saving = new Object();
  private final Set<String> unsaved = ConcurrentHashMap.newKeySet();
  private final AtomicLong changes = new AtomicLong();

  Replica(SharedRecords shared, RecordStore store, Executor executor) {
    this.shared = shared;
    this.store = store;
    this.executor = executor;
  }

  /**
   * Offers what the disk has, takes what the others have, and hears of changes from now on. A node
   * that cannot reach the others goes on with what its disk has; the next {@link #refresh} mends
   * it.
   */
  void start() {
    for (Registered kept : store.load()) {
      boolean unused = take(kept);
    }
    shared.onChange(this::heard);
    try {
      refresh();
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "KVASIR5004: tenants and keys are those of this node''s disk, as the other nodes cannot be"
              + " asked ({0}); the next round tries again",
          e.toString());
    }
  }

  /** Mends what lost events, a split cluster or a busy disk left behind. */
  void refresh() {
    for (Registered theirs : shared.all()) {
      boolean unused = hear(theirs);
    }
    known.values().forEach(this::offer);
    unsaved.forEach(key -> save(known.get(key)));
  }

  @Nullable Registered get(String registryKey) {
    return known.get(registryKey);
  }

  /** Whether there is such a tenant. */
  boolean hasTenant(String id) {
    return id.equals(Tenant.DEFAULT)
        || (get(Tenant.registryKey(id)) instanceof Tenant tenant && !tenant.deleted());
  }

  /** How often records were taken over: while it is the same, all of them are. */
  long changes() {
    return changes.get();
  }

  <R extends Registered> Stream<R> all(Class<R> type) {
    return known.values().stream().filter(type::isInstance).map(type::cast);
  }

  /**
   * Changes a record on all nodes; it is on this node's disk when this returns.
   *
   * @param change makes the next version of the one that is there, null if there is none, or
   *     returns that one if nothing is to be done; may be called again, and may refuse by an
   *     exception
   */
  <R extends Registered> R change(String registryKey, Function<@Nullable Registered, R> change) {
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      Registered current = shared.get(registryKey);
      R next = change.apply(current);
      if (next.equals(current)) {
        return next;
      }
      if (shared.replace(current, next)) {
        boolean unused = take(next);
        keep(next);
        return next;
      }
    }
    throw new IllegalStateException(
        registryKey + " is being changed by others all the time; try again");
  }

  private void heard(Registered record) {
    if (hear(record)) {
      executor.execute(() -> save(record));
    }
  }

  private boolean hear(Registered record) {
    boolean isNew = take(record);
    if (isNew) {
      unsaved.add(record.registryKey());
    }
    return isNew;
  }

  private boolean take(Registered record) {
    Registered before = known.get(record.registryKey());
    Registered newest =
        known.merge(record.registryKey(), record, (a, b) -> b.version() > a.version() ? b : a);
    boolean isTaken = newest.equals(record) && !record.equals(before);
    if (isTaken) {
      changes.incrementAndGet();
    }
    return isTaken;
  }

  /**
   * One at a time, as a node's own change comes back to it as an event. Another node that shares
   * the database may be faster once; its version is there the second time.
   */
  private void keep(Registered record) {
    synchronized (saving) {
      try {
        store.save(record);
      } catch (RuntimeException e) {
        LOG.log(Level.DEBUG, "saving once more", e);
        store.save(record);
      }
    }
  }

  private void save(@Nullable Registered record) {
    if (record == null) {
      return;
    }
    try {
      store.awaitOpen();
      keep(record);
      unsaved.remove(record.registryKey());
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "KVASIR5001: {0} is not on this node''s disk yet ({1}); the next round tries again",
          record.registryKey(),
          e.toString());
    }
  }

  private void offer(Registered mine) {
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      Registered theirs = shared.get(mine.registryKey());
      if (theirs != null && theirs.version() >= mine.version()) {
        return;
      }
      if (shared.replace(theirs, mine)) {
        return;
      }
    }
  }
}
