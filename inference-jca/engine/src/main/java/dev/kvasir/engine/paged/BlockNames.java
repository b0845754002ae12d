package dev.kvasir.engine.paged;

import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.TokenIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What blocks are known to hold, by hash. Written by the step loop's thread only; {@link
 * #countLeading} and {@link #size} may be called by all.
 */
final class BlockNames {
  private final @Nullable CachedBlock[] contents; // (blocks)
  private final Map<BlockHash, Integer> byHash = new ConcurrentHashMap<>();

  /** No names for blocks with ids below a number. */
  BlockNames(int blocks) {
    this.contents = new CachedBlock[blocks];
  }

  /** How many leading hashes are known; a snapshot. */
  int countLeading(List<BlockHash> hashes) {
    int count = 0;
    while (count < hashes.size() && byHash.containsKey(hashes.get(count))) {
      count++;
    }
    return count;
  }

  /** The leading blocks that are known by hash and hold these tokens. */
  List<Integer> leading(List<BlockHash> hashes, List<TokenIds> tokens) {
    List<Integer> blocks = new ArrayList<>();
    for (int index = 0; index < hashes.size(); index++) {
      Integer block = byHash.get(hashes.get(index));
      if (block == null || !holds(block, index, tokens.get(index))) {
        break;
      }
      blocks.add(block);
    }
    return blocks;
  }

  private boolean holds(int block, int index, TokenIds tokens) {
    CachedBlock content = contents[block];
    return content != null && content.blockIndex() == index && content.tokens().equals(tokens);
  }

  /** Names a block; does nothing if it has a name, or another block has this one. */
  void name(int block, CachedBlock content) {
    if (contents[block] == null && byHash.putIfAbsent(content.hash(), block) == null) {
      contents[block] = content;
    }
  }

  boolean isNamed(int block) {
    return contents[block] != null;
  }

  /** Forgets a block's name, if it has one. */
  void forget(int block) {
    CachedBlock content = contents[block];
    if (content != null) {
      byHash.remove(content.hash());
      contents[block] = null;
    }
  }

  /** Where a hash's block stands. */
  OptionalInt find(BlockHash hash) {
    Integer block = byHash.get(hash);
    return block == null ? OptionalInt.empty() : OptionalInt.of(block);
  }

  /** What a block is known to hold. */
  Optional<CachedBlock> content(int block) {
    return Optional.ofNullable(contents[block]);
  }

  /** Number of named blocks. */
  int size() {
    return byHash.size();
  }

  /** Whether each name leads to its block, and there are no others. For tests. */
  boolean isConsistent() {
    int named = 0;
    for (int block = 0; block < contents.length; block++) {
      CachedBlock content = contents[block];
      if (content != null) {
        named++;
        Integer found = byHash.get(content.hash());
        if (found == null || found != block) {
          return false;
        }
      }
    }
    return named == byHash.size();
  }
}
