package dev.kvasir.cache.browse;

import dev.kvasir.cache.BlockInfo;
import dev.kvasir.cache.browse.BlockRun.Extent;
import dev.kvasir.inference.BlockHash;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of all cached blocks, by what continues what. Never changes; building it takes time
 * and memory in proportion to the blocks, walking it in proportion to what is returned.
 */
final class Forest {
  private final Map<BlockHash, BlockInfo> blocks = new HashMap<>();
  private final Map<BlockHash, List<BlockInfo>> children = new HashMap<>();
  private final Map<BlockHash, Extent> branches = new HashMap<>();
  private final List<BlockInfo> roots = new ArrayList<>();
  private final CachedBlocks places;

  /**
   * Of all blocks that {@code places} has now.
   *
   * @param places asked again where the blocks of a returned run lie
   */
  Forest(CachedBlocks places) {
    this.places = places;
    List<BlockInfo> deepestFirst = new ArrayList<>(places.all());
    deepestFirst.sort(Comparator.comparingInt(BlockInfo::depth).reversed());
    deepestFirst.forEach(block -> blocks.put(block.hash(), block));
    deepestFirst.forEach(this::plant);
    Comparator<BlockInfo> largestFirst =
        Comparator.comparingLong((BlockInfo block) -> branch(block).bytes())
            .reversed()
            .thenComparing(block -> block.hash().toString());
    children.values().forEach(siblings -> siblings.sort(largestFirst));
    roots.sort(largestFirst);
  }

  /** Those that continue the block must have been planted. */
  private void plant(BlockInfo block) {
    Extent branch = Extent.of(block).plus(branches.getOrDefault(block.hash(), Extent.NONE));
    branches.put(block.hash(), branch);
    BlockHash parent = block.parent();
    if (parent == null || !blocks.containsKey(parent)) {
      roots.add(block);
    } else {
      children.computeIfAbsent(parent, hash -> new ArrayList<>()).add(block);
      branches.merge(parent, branch, Extent::plus);
    }
  }

  /** See {@link BlockBrowser#runs}. */
  RunPage page(RunQuery query) {
    List<BlockInfo> firsts = query.after() == null ? roots : childrenOf(query.after());
    List<BlockInfo> wanted =
        query.tenant().isEmpty()
            ? firsts
            : firsts.stream().filter(block -> block.tenant().equals(query.tenant())).toList();
    return new RunPage(
        wanted.stream().skip(query.offset()).limit(query.limit()).map(this::run).toList(),
        wanted.size());
  }

  /** See {@link BlockBrowser#path}. */
  List<BlockRun> path(BlockHash hash) {
    List<BlockRun> path = new ArrayList<>();
    for (BlockInfo block = blocks.get(hash); block != null; block = parentOf(block)) {
      block = firstOfRun(block);
      path.add(run(block));
    }
    Collections.reverse(path);
    return path;
  }

  /** A block and all that continue it, leaves first; empty if it is not here. */
  List<BlockInfo> branchFrom(BlockHash hash) {
    Deque<BlockInfo> open = new ArrayDeque<>();
    Optional.ofNullable(blocks.get(hash)).ifPresent(open::push);
    List<BlockInfo> found = new ArrayList<>();
    while (!open.isEmpty()) {
      BlockInfo block = open.pop();
      found.add(block);
      childrenOf(block.hash()).forEach(open::push);
    }
    Collections.reverse(found);
    return found;
  }

  private BlockRun run(BlockInfo first) {
    Extent own = Extent.NONE;
    Set<String> owners = new LinkedHashSet<>();
    int pinned = 0;
    int disk = 0;
    int pool = 0;
    BlockInfo last = first;
    for (BlockInfo block = first; block != null; block = onlyChildOf(block)) {
      own = own.plus(Extent.of(block));
      owners.add(block.owner());
      pinned += block.pinned() ? 1 : 0;
      disk += places.isOnDisk(block.hash()) ? 1 : 0;
      pool += places.countInPool(List.of(block.hash()));
      last = block;
    }
    return new BlockRun(first, last, own, branch(first), List.copyOf(owners), pinned, disk, pool);
  }

  private BlockInfo firstOfRun(BlockInfo block) {
    BlockInfo first = block;
    BlockInfo parent = parentOf(first);
    while (parent != null && childrenOf(parent.hash()).size() == 1) {
      first = parent;
      parent = parentOf(first);
    }
    return first;
  }

  private @Nullable BlockInfo onlyChildOf(BlockInfo block) {
    List<BlockInfo> continuing = childrenOf(block.hash());
    return continuing.size() == 1 ? continuing.get(0) : null;
  }

  private @Nullable BlockInfo parentOf(BlockInfo block) {
    BlockHash parent = block.parent();
    return parent == null ? null : blocks.get(parent);
  }

  private List<BlockInfo> childrenOf(BlockHash hash) {
    return children.getOrDefault(hash, List.of());
  }

  private Extent branch(BlockInfo block) {
    return branches.getOrDefault(block.hash(), Extent.NONE);
  }
}
