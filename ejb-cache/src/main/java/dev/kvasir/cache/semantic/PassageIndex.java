package dev.kvasir.cache.semantic;

import dev.kvasir.inference.BlockHash;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where passages were last computed, by names of their content or their ids, within a bound in
 * bytes: least recently used leaves first. Safe for all threads.
 */
final class PassageIndex {
  private final long capacityBytes;

  /** Least recently used first. Guarded by this. */
  private final Map<BlockHash, PassageRows> rows = new LinkedHashMap<>(16, 0.75f, true);

  /** Of all rows. Guarded by this. */
  private long sizeBytes;

  PassageIndex(long capacityBytes) {
    this.capacityBytes = capacityBytes;
  }

  synchronized @Nullable PassageRows get(BlockHash name) {
    return rows.get(name);
  }

  /** Remembers where a passage was computed, unless more of it is known elsewhere. */
  synchronized void offer(BlockHash name, PassageRows offered) {
    PassageRows known = rows.get(name);
    if (known == null || known.count() <= offered.count()) {
      put(name, offered);
    }
  }

  /** Remembers where a passage was computed last. */
  synchronized void put(BlockHash name, PassageRows offered) {
    PassageRows known = rows.put(name, offered);
    sizeBytes += offered.sizeBytes() - (known == null ? 0 : known.sizeBytes());
    Iterator<PassageRows> eldest = rows.values().iterator();
    while (sizeBytes > capacityBytes) {
      sizeBytes -= eldest.next().sizeBytes();
      eldest.remove();
    }
  }

  /** Forgets where a passage was, if that has not changed. */
  synchronized void forget(BlockHash name, PassageRows gone) {
    if (rows.remove(name, gone)) {
      sizeBytes -= gone.sizeBytes();
    }
  }

  synchronized void clear() {
    rows.clear();
    sizeBytes = 0;
  }

  synchronized int size() {
    return rows.size();
  }

  synchronized long sizeBytes() {
    return sizeBytes;
  }
}
