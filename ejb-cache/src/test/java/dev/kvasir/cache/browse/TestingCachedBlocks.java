package dev.kvasir.cache.browse;

import dev.kvasir.cache.BlockInfo;
import dev.kvasir.cache.Prefix;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.TokenIds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Blocks named by numbers; keeps what it is told to remove. */
final class TestingCachedBlocks implements CachedBlocks {
  static final int BLOCK_BYTES = 10;

  final Map<Integer, BlockInfo> blocks = new LinkedHashMap<>();
  final Set<Integer> disk = new HashSet<>();
  final List<String> removed = new ArrayList<>();
  int taken;

  static BlockHash hash(int number) {
    return new BlockHash(0, 0, 0, number);
  }

  private static int number(BlockHash hash) {
    return (int) hash.word3();
  }

  /** Blocks that continue {@code parent}, one after the other; 0 is no block. */
  TestingCachedBlocks chain(String tenant, int parent, int... numbers) {
    int last = parent;
    for (int number : numbers) {
      BlockInfo before = blocks.get(last);
      int depth = before == null ? 0 : before.depth() + 1;
      if (before != null) {
        blocks.put(last, withChild(before));
      }
      blocks.put(
          number,
          new BlockInfo(
              hash(number),
              last == 0 ? null : hash(last),
              depth,
              BLOCK_BYTES,
              tenant,
              number % 2 == 0 ? "even" : "odd",
              number,
              20,
              10,
              0,
              false));
      last = number;
    }
    return this;
  }

  private static BlockInfo withChild(BlockInfo block) {
    return copy(block, block.cachedChildren() + 1, block.pinned());
  }

  void pin(int number) {
    blocks.computeIfPresent(number, (key, block) -> copy(block, block.cachedChildren(), true));
  }

  private static BlockInfo copy(BlockInfo block, int children, boolean pinned) {
    return new BlockInfo(
        block.hash(),
        block.parent(),
        block.depth(),
        block.bytes(),
        block.tenant(),
        block.owner(),
        block.hits(),
        block.ageSeconds(),
        block.idleSeconds(),
        children,
        pinned);
  }

  @Override
  public List<BlockInfo> all() {
    taken++;
    return List.copyOf(blocks.values());
  }

  @Override
  public int countInGrid(List<BlockHash> prefix) {
    return (int) prefix.stream().takeWhile(hash -> blocks.containsKey(number(hash))).count();
  }

  @Override
  public int countInPool(List<BlockHash> prefix) {
    return (int) prefix.stream().takeWhile(hash -> number(hash) == 1).count();
  }

  @Override
  public boolean isOnDisk(BlockHash hash) {
    return disk.contains(number(hash));
  }

  /** The text's length is the number of blocks, named 1, 2, 3, ... */
  @Override
  public Prefix prefixOf(PromptText text) {
    int whole = text.text().length();
    return new Prefix(
        text.tenant(),
        TokenIds.of(new int[whole + 1]),
        IntStream.rangeClosed(1, whole).mapToObj(TestingCachedBlocks::hash).toList(),
        1);
  }

  @Override
  public int remove(String tenant, List<BlockHash> hashes, Leaving how) {
    hashes.forEach(hash -> blocks.remove(number(hash)));
    removed.add(
        how + " of " + tenant + ": " + hashes.stream().map(TestingCachedBlocks::number).toList());
    return hashes.size();
  }
}
