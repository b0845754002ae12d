package dev.kvasir.cache.tenants;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A disk in memory, which can be full, fail once, and takes one record at a time. */
final class TestingStore implements RecordStore {
  final Map<String, Registered> kept = new ConcurrentHashMap<>();
  boolean full;
  boolean failsOnce;
  private final AtomicInteger saving = new AtomicInteger();

  @Override
  public List<Registered> load() {
    return List.copyOf(kept.values());
  }

  @Override
  public void save(Registered record) {
    if (full) {
      throw new IllegalStateException("the disk is full");
    }
    if (failsOnce) {
      failsOnce = false;
      throw new IllegalStateException("another node was faster");
    }
    if (saving.getAndIncrement() > 0) {
      throw new IllegalStateException("two records at a time");
    }
    for (int spin = 0; spin < 1_000; spin++) {
      Thread.onSpinWait(); // so that another would come in between
    }
    kept.merge(record.registryKey(), record, (a, b) -> b.version() > a.version() ? b : a);
    saving.decrementAndGet();
  }
}
