package dev.kvasir.cache.tiered;

import dev.kvasir.cache.BlockStore;
import dev.kvasir.cache.BlockTier;
import dev.kvasir.inference.BlockHash;
import java.util.ArrayList;
import java.util.List;

/**
 * Leading blocks of a prefix that are known to be cached behind the pool, and where.
 *
 * @param hashes in the order of their prefix
 * @param diskFlags for each, whether it lies on a disk only
 */
record KnownRun(List<BlockHash> hashes, List<Boolean> diskFlags) {
  KnownRun {
    hashes = List.copyOf(hashes);
    diskFlags = List.copyOf(diskFlags);
  }

  /** As far as store and disk, of which the store comes first, know them; both ask memory only. */
  static KnownRun of(List<BlockHash> wanted, BlockStore store, BlockTier disk) {
    List<Boolean> flags = new ArrayList<>(wanted.size());
    while (flags.size() < wanted.size()) {
      int inStore = store.countLeading(wanted.subList(flags.size(), wanted.size()));
      for (int i = 0; i < inStore; i++) {
        flags.add(false);
      }
      if (flags.size() == wanted.size() || !disk.contains(wanted.get(flags.size()))) {
        break;
      }
      flags.add(true);
    }
    return new KnownRun(wanted.subList(0, flags.size()), flags);
  }

  int size() {
    return hashes.size();
  }

  /** Whether any of them lies on a disk only. */
  boolean onDisk() {
    return diskFlags.contains(true);
  }

  /** Those before the first that lies on a disk only. */
  KnownRun beforeDisk() {
    int first = diskFlags.indexOf(true);
    int end = first < 0 ? size() : first;
    return new KnownRun(hashes.subList(0, end), diskFlags.subList(0, end));
  }

  /** Those that lie on a disk only, or those that do not. */
  List<BlockHash> where(boolean disk) {
    List<BlockHash> some = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      if (diskFlags.get(i) == disk) {
        some.add(hashes.get(i));
      }
    }
    return some;
  }
}
