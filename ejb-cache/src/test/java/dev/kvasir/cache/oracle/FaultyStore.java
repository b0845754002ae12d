package dev.kvasir.cache.oracle;

import dev.kvasir.cache.BlockStore;
import dev.kvasir.cache.GridStats;
import dev.kvasir.cache.Lookup;
import dev.kvasir.cache.StoreOutcome;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvBlock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A real store whose chosen blocks, reads and writes meet with an accident. */
final class FaultyStore implements BlockStore {
  private final BlockStore store;
  private final Set<BlockHash> evicting = ConcurrentHashMap.newKeySet();
  private final Set<BlockHash> stalling = ConcurrentHashMap.newKeySet();
  private final Set<BlockHash> corrupting = ConcurrentHashMap.newKeySet();
  private final Set<BlockHash> hidden = ConcurrentHashMap.newKeySet();
  private final Map<BlockHash, UnaryOperator<KvBlock>> changing = new ConcurrentHashMap<>();
  private final AtomicReference<Surprise> onRead = new AtomicReference<>(Surprise.NONE);
  private final AtomicReference<Surprise> onWrite = new AtomicReference<>(Surprise.NONE);
  private final Random random;
  private volatile long readDelayMillis;

  /** Something that happens before one of the next calls. */
  private record Surprise(int callsBefore, Runnable action) {
    static final Surprise NONE = new Surprise(-1, () -> {});

    /** Before a call: what is left to happen. */
    Surprise called() {
      return callsBefore < 0 ? this : new Surprise(callsBefore - 1, action);
    }

    static void meet(AtomicReference<Surprise> next) {
      Surprise surprise = next.getAndUpdate(Surprise::called);
      if (surprise.callsBefore() == 0) {
        surprise.action().run();
      }
    }
  }

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

  /** Reads of the block bring something else, until it is stored anew. */
  void changeOnRead(BlockHash hash, UnaryOperator<KvBlock> change) {
    changing.put(hash, change);
  }

  /** So many reads are asked for, then this happens before the next one. */
  void onRead(int readsBefore, Runnable action) {
    onRead.set(new Surprise(readsBefore, action));
  }

  /** So many writes are done, then this happens before the next one. */
  void onWrite(int writesBefore, Runnable action) {
    onWrite.set(new Surprise(writesBefore, action));
  }

  /** Reads take so much longer from now on. */
  void delayReads(long millis) {
    readDelayMillis = millis;
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
    Surprise.meet(onRead);
    if (evicting.remove(hash)) {
      store.discard(hash);
      return CompletableFuture.completedFuture(null);
    }
    if (stalling.remove(hash)) {
      return new CompletableFuture<>();
    }
    UnaryOperator<KvBlock> change = changing.get(hash);
    CompletionStage<Lookup.@Nullable Fetched> read = delayed(hash, deadlineMillis);
    return change == null ? read : read.thenApply(fetched -> changed(fetched, change));
  }

  private CompletionStage<Lookup.@Nullable Fetched> delayed(BlockHash hash, int deadlineMillis) {
    long millis = readDelayMillis;
    return millis == 0
        ? store.fetch(hash, deadlineMillis)
        : CompletableFuture.runAsync(
                () -> {}, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS))
            .thenCompose(later -> store.fetch(hash, deadlineMillis));
  }

  private static Lookup.@Nullable Fetched changed(
      Lookup.@Nullable Fetched fetched, UnaryOperator<KvBlock> change) {
    return fetched == null
        ? null
        : new Lookup.Fetched(change.apply(fetched.block()), fetched.source());
  }

  @Override
  public StoreOutcome putIfAbsent(Placement placement, KvBlock block) {
    Surprise.meet(onWrite);
    hidden.remove(placement.hash());
    changing.remove(placement.hash());
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
