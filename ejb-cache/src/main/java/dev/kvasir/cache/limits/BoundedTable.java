package dev.kvasir.cache.limits;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The values of the keys that were asked for last; so whoever invents keys takes no memory, but may
 * make the table forget one that was idle for as many others. Safe for all threads.
 */
final class BoundedTable<K, V> {
  private final int capacity;

  /** Asked for longest ago first; guarded by itself. */
  private final Map<K, V> values = new LinkedHashMap<>(16, 0.75f, true);

  BoundedTable(int capacity) {
    this.capacity = capacity;
  }

  V get(K key, Supplier<V> ifAbsent) {
    synchronized (values) {
      V value = values.computeIfAbsent(key, absent -> ifAbsent.get());
      if (values.size() > capacity) {
        values.remove(values.keySet().iterator().next());
      }
      return value;
    }
  }

  Optional<V> find(K key) {
    synchronized (values) {
      return Optional.ofNullable(values.get(key));
    }
  }

  int size() {
    synchronized (values) {
      return values.size();
    }
  }
}
