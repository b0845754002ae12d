package dev.kvasir.cache.tiered;

import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.cache.Lookup;
import dev.kvasir.cache.stats.CacheCounters;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads consecutive blocks of a chain from anywhere in it: store and disks first, since the engine
 * gives a block of its pool only between two steps.
 *
 * @param tiers to read from
 * @param runs reads from store and disks
 * @param counters hear of trouble
 */
record ChainBlocks(Tiers tiers, RunReader runs, CacheCounters counters) {
  /** The leading ones that could be had. */
  List<KvBlock> read(List<BlockHash> names) {
    List<KvBlock> blocks = new ArrayList<>(fromStore(names));
    try {
      Optional<KvBlock> next = fromPool(names, blocks.size());
      while (next.isPresent()) {
        blocks.add(next.get());
        next = fromPool(names, blocks.size());
      }
    } catch (RuntimeException e) {
      counters.exportTrouble(e);
    }
    return blocks;
  }

  private Optional<KvBlock> fromPool(List<BlockHash> names, int index) {
    return index < names.size()
        ? tiers.model().get().exportBlock(names.get(index))
        : Optional.empty();
  }

  private List<KvBlock> fromStore(List<BlockHash> names) {
    CacheSettings settings = tiers.settings().get();
    if (settings.load() == LoadRule.NEVER) {
      return List.of();
    }
    try {
      KnownRun known = KnownRun.of(names, tiers.store(), tiers.disk());
      return runs.read(known, settings.deadlineMillis()).blocks().stream()
          .map(Lookup.Fetched::block)
          .toList();
    } catch (RuntimeException | OutOfMemoryError e) {
      counters.storeTrouble(e);
      return List.of();
    }
  }
}
