package dev.kvasir.bench.node;

import dev.kvasir.inference.TokenIds;
import java.util.HashMap;
import java.util.Map;

/**
 * The most that a prefix cache of whole blocks can have of prompts which come one after another:
 * all blocks of a prompt that continue each other and stood there in one before. One thread.
 */
final class PrefixBound {
  /** A block behind another, by its number; -1 for none. */
  private record Block(int parent, TokenIds tokens) {}

  private final int blockSize;
  private final Map<Block, Integer> numbers = new HashMap<>();
  private long prompt;
  private long cached;

  /**
   * @param blockSize tokens of a block
   */
  PrefixBound(int blockSize) {
    this.blockSize = blockSize;
  }

  /** The next prompt. */
  void add(TokenIds tokens) {
    prompt += tokens.size();
    int parent = -1;
    boolean known = true;
    for (int end = blockSize; end < tokens.size(); end += blockSize) { // the last token is computed
      Block block = new Block(parent, tokens.slice(end - blockSize, end));
      Integer found = numbers.putIfAbsent(block, numbers.size());
      known &= found != null;
      cached += known ? blockSize : 0;
      parent = found == null ? numbers.size() - 1 : found;
    }
  }

  /** Part of all prompts' tokens that can be cached, 0 to 1. */
  double share() {
    return prompt == 0 ? 0 : (double) cached / prompt;
  }

  /** Different blocks of all prompts. */
  int footprintBlocks() {
    return numbers.size();
  }
}
