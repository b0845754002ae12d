package dev.kvasir.cache.policy;

import dev.kvasir.cache.EvictionKind;
import dev.kvasir.inference.BlockHash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The eviction order as its definition says: look at all blocks, take the smallest, again. */
final class NaiveEviction {
  private final Map<BlockHash, BlockUsage> blocks = new HashMap<>();
  private final Comparator<BlockUsage> order;

  private NaiveEviction(Comparator<BlockUsage> order) {
    this.order = order;
  }

  static NaiveEviction of(PrefixTree tree, EvictionKind kind) {
    Comparator<BlockUsage> recency =
        Comparator.comparingLong(BlockUsage::lastUseNanos)
            .thenComparing(usage -> -usage.block().depth())
            .thenComparing(usage -> usage.block().hash().word3());
    NaiveEviction naive =
        new NaiveEviction(
            kind == EvictionKind.LRU
                ? recency
                : Comparator.comparingLong(BlockUsage::uses).thenComparing(recency));
    tree.select(hash -> true, Integer.MAX_VALUE)
        .forEach(usage -> naive.blocks.put(usage.block().hash(), usage));
    return naive;
  }

  List<TreeBlock> victims(long bytesToFree, Predicate<BlockHash> mayLeave) {
    List<TreeBlock> victims = new ArrayList<>();
    long freed = 0;
    while (freed < bytesToFree) {
      Optional<BlockUsage> victim =
          blocks.values().stream()
              .filter(usage -> !usage.pinned() && !hasChild(usage))
              .filter(usage -> mayLeave.test(usage.block().hash()))
              .min(order);
      if (victim.isEmpty()) {
        return victims;
      }
      TreeBlock block = victim.get().block();
      blocks.remove(block.hash());
      freed += block.bytes();
      victims.add(block);
    }
    return victims;
  }

  private boolean hasChild(BlockUsage parent) {
    return blocks.values().stream()
        .anyMatch(usage -> parent.block().hash().equals(usage.block().parent()));
  }
}
