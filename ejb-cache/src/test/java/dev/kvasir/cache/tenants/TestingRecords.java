package dev.kvasir.cache.tenants;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A grid in this process, whose events can be lost, and which can be lost itself. */
final class TestingRecords implements SharedRecords {
  final Map<String, Registered> records = new ConcurrentHashMap<>();
  final List<String> dropped = new ArrayList<>();
  final List<String> swept = new ArrayList<>();
  private final List<Consumer<Registered>> listeners = new ArrayList<>();
  boolean losesEvents;

  @Override
  public @Nullable Registered get(String registryKey) {
    return records.get(registryKey);
  }

  @Override
  public Collection<Registered> all() {
    return List.copyOf(records.values());
  }

  @Override
  public synchronized boolean replace(@Nullable Registered expected, Registered next) {
    if (!java.util.Objects.equals(records.get(next.registryKey()), expected)) {
      return false;
    }
    records.put(next.registryKey(), next);
    if (!losesEvents) {
      listeners.forEach(listener -> listener.accept(next));
    }
    return true;
  }

  @Override
  public void onChange(Consumer<Registered> listener) {
    listeners.add(listener);
  }

  @Override
  public Removal.Dropped dropBlocks(String tenant) {
    dropped.add(tenant);
    return new Removal.Dropped(3, 2, 1, 4);
  }

  @Override
  public void sweepBlocks(String tenant) {
    swept.add(tenant);
  }
}
