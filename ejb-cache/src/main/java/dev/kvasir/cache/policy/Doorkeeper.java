package dev.kvasir.cache.policy;

import dev.kvasir.inference.BlockHash;
import java.util.BitSet;

/**
 * Admits who was asked for twice lately: Bloom filters of two generations, of which the older one
 * is emptied when the newer one is full. Some strangers in a hundred are taken for acquaintances.
 *
 * <p>The doorkeeper of "TinyLFU", https://arxiv.org/abs/1512.00727; there it stands before a
 * sketch, here alone.
 */
final class Doorkeeper implements Admission {
  private static final int NAMES_PER_BLOCK = 4; // in a generation, for each block of the cache
  private static final int MIN_NAMES = 64;
  private static final int MAX_NAMES = 1 << 26;
  private static final int BITS_PER_NAME = 8;
  private static final int HASHES = 3;

  private final int namesPerGeneration;
  private final int mask;
  private Generation newer = new Generation();
  private Generation older = new Generation();
  private int names;

  private static final class Generation {
    private final BitSet once = new BitSet();
    private final BitSet twice = new BitSet();
  }

  Doorkeeper(int capacityBlocks) {
    namesPerGeneration =
        (int) Math.max(MIN_NAMES, Math.min(MAX_NAMES, (long) capacityBlocks * NAMES_PER_BLOCK));
    mask = Integer.highestOneBit(namesPerGeneration * BITS_PER_NAME - 1) * 2 - 1;
  }

  @Override
  public void seen(BlockHash name) {
    if (has(newer.once, name) || has(older.once, name)) {
      put(newer.twice, name);
    }
    if (!has(newer.once, name)) {
      put(newer.once, name);
      if (++names == namesPerGeneration) {
        older = newer;
        newer = new Generation();
        names = 0;
      }
    }
  }

  @Override
  public boolean admits(BlockHash candidate, BlockHash victim) {
    return has(newer.twice, candidate) || has(older.twice, candidate);
  }

  private boolean has(BitSet bits, BlockHash name) {
    for (int hash = 0; hash < HASHES; hash++) {
      if (!bits.get(bit(name, hash))) {
        return false;
      }
    }
    return true;
  }

  private void put(BitSet bits, BlockHash name) {
    for (int hash = 0; hash < HASHES; hash++) {
      bits.set(bit(name, hash));
    }
  }

  private int bit(BlockHash name, int hash) {
    return (int) (name.word0() >>> (hash * 17)) & mask; // names are digests: any bits will do
  }
}
