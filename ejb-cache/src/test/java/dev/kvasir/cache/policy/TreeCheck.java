package dev.kvasir.cache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.inference.BlockHash;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold of a {@link PrefixTree} after whatever was done to it. */
final class TreeCheck {
  private TreeCheck() {}

  static void assertConsistent(PrefixTree tree) {
    List<BlockUsage> all = tree.select(hash -> true, Integer.MAX_VALUE);
    Map<BlockHash, Integer> children = new HashMap<>();
    long bytes = 0;
    for (BlockUsage usage : all) {
      bytes += usage.block().bytes();
      BlockHash parent = usage.block().parent();
      if (parent != null) {
        children.merge(parent, 1, Integer::sum);
      }
    }
    Set<BlockHash> evictable = new HashSet<>();
    for (BlockUsage usage : all) {
      BlockHash hash = usage.block().hash();
      assertEquals(children.getOrDefault(hash, 0), usage.cachedChildren(), "children of " + hash);
      if (usage.cachedChildren() == 0 && !usage.pinned()) {
        evictable.add(hash);
      }
      children.remove(hash);
    }
    assertEquals(all.size(), tree.size());
    assertEquals(bytes, tree.bytes());
    assertEquals(evictable, tree.evictableHashes());
    assertEquals(children, tree.childrenOfAbsent());
  }
}
