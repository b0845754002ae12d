package dev.kvasir.cache.tenants;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A disk in memory, which can be full. */
final class TestingStore implements RecordStore {
  final Map<String, Registered> kept = new ConcurrentHashMap<>();
  boolean full;

  @Override
  public List<Registered> load() {
    return List.copyOf(kept.values());
  }

  @Override
  public void save(Registered record) {
    if (full) {
      throw new IllegalStateException("the disk is full");
    }
    kept.merge(record.registryKey(), record, (a, b) -> b.version() > a.version() ? b : a);
  }
}
