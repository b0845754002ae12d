package dev.kvasir.cache.policy;

import dev.kvasir.inference.BlockHash;
import java.util.Iterator;
import java.util.LinkedHashSet;

/** Names of blocks that left, oldest first. */
final class GhostList {
  private final LinkedHashSet<BlockHash> names = new LinkedHashSet<>();

  int size() {
    return names.size();
  }

  void add(BlockHash name) {
    names.add(name);
  }

  /** Takes a name out; whether it was there. */
  boolean remove(BlockHash name) {
    return names.remove(name);
  }

  /** Forgets the oldest, until so many are left at most. */
  void trim(int most) {
    Iterator<BlockHash> oldest = names.iterator();
    while (names.size() > Math.max(0, most)) {
      oldest.next();
      oldest.remove();
    }
  }
}
