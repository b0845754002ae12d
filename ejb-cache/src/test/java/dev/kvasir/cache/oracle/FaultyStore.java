package dev.kvasir.cache.oracle;

import dev.kvasir.cache.BlockStore;
import dev.kvasir.cache.GridStats;
import dev.kvasir.cache.Lookup;
import dev.kvasir.cache.StoreOutcome;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvBlock;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A real store whose chosen blocks meet with an accident, each one once. */
final class FaultyStore implements BlockStore {
  private final BlockStore store;
  private final Set<BlockHash> evicting = ConcurrentHashMap.newKeySet();
  private final Set<BlockHash> stalling = ConcurrentHashMap.newKeySet();
  private final Set<BlockHash> corrupting = ConcurrentHashMap.newKeySet();
  private final Set<BlockHash> hidden = ConcurrentHashMap.newKeySet();
  private final Random random;

  FaultyStore(BlockStore store, Random random) {
    this.store = store;
    this.random = random;
  }

  /** The block leaves the grid between the look at the index and the read. */
  void evictBeforeRead(BlockHash hash) {
    evicting.add(hash);
  }

  /** The read gets no answer. */
  void stallRead(BlockHash hash) {
    stalling.add(hash);
  }

  /** A bit anywhere in the block is flipped before it is stored. */
  void corruptOnWrite(BlockHash hash) {
    corrupting.add(hash);
  }

  /** The blocks seem to have left the grid, until they are stored anew. */
  void hide(List<BlockHash> hashes) {
    hidden.addAll(hashes);
  }

  @Override
  public int countLeading(List<BlockHash> hashes) {
    int known = store.countLeading(hashes);
    int seen = 0;
    while (seen < known && !hidden.contains(hashes.get(seen))) {
      seen++;
    }
    return seen;
  }

  @Override
  public CompletionStage<Lookup.@Nullable Fetched> fetch(BlockHash hash, int deadlineMillis) {
    if (evicting.remove(hash)) {
      store.discard(hash);
      return CompletableFuture.completedFuture(null);
    }
    return stalling.remove(hash) ? new CompletableFuture<>() : store.fetch(hash, deadlineMillis);
  }

  @Override
  public StoreOutcome putIfAbsent(Placement placement, KvBlock block) {
    hidden.remove(placement.hash());
    return store.putIfAbsent(
        placement, corrupting.remove(placement.hash()) ? withFlippedBit(block) : block);
  }

  private KvBlock withFlippedBit(KvBlock block) {
    byte[] bytes = block.bytes().clone();
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    return KvBlock.wrap(bytes);
  }

  @Override
  public void asked(List<BlockHash> hashes) {
    store.asked(hashes);
  }

  @Override
  public void touch(List<BlockHash> hashes) {
    store.touch(hashes);
  }

  @Override
  public void discard(BlockHash hash) {
    store.discard(hash);
  }

  @Override
  public GridStats stats() {
    return store.stats();
  }
}
