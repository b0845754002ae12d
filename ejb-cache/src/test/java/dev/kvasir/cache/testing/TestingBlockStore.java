package dev.kvasir.cache.testing;

import dev.kvasir.cache.Absence;
import dev.kvasir.cache.BlockStore;
import dev.kvasir.cache.GridStats;
import dev.kvasir.cache.Lookup;
import dev.kvasir.cache.Source;
import dev.kvasir.cache.StoreOutcome;
import dev.kvasir.completion.MissReason;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvBlock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A store in a map, whose index can lie and whose reads can go wrong, block by block. */
public final class TestingBlockStore implements BlockStore {
  /** What a read of a block does. */
  public enum Read {
    COMES,
    GONE,
    LATE,
    NEVER_ANSWERS,
    FAILS
  }

  private final Map<BlockHash, KvBlock> blocks = new LinkedHashMap<>();
  private final Map<BlockHash, Read> reads = new LinkedHashMap<>();
  private final Map<BlockHash, Source> sources = new LinkedHashMap<>();
  private final Map<BlockHash, Absence> absences = new LinkedHashMap<>();
  private final List<Placement> placements = new ArrayList<>();
  private final Set<BlockHash> touched = new LinkedHashSet<>();
  private final Map<BlockHash, StoreOutcome> refusals = new LinkedHashMap<>();
  private final List<BlockHash> asked = new ArrayList<>();
  private boolean down;
  private int fetches;
  private @Nullable Error nextPut;

  @Override
  public synchronized int countLeading(List<BlockHash> hashes) {
    int count = 0;
    while (count < hashes.size() && blocks.containsKey(hashes.get(count))) {
      count++;
    }
    return count;
  }

  @Override
  public synchronized CompletionStage<Lookup.@Nullable Fetched> fetch(
      BlockHash hash, int deadlineMillis) {
    fetches++;
    requireUp();
    KvBlock block = blocks.get(hash);
    return switch (reads.getOrDefault(hash, Read.COMES)) {
      case COMES ->
          CompletableFuture.completedFuture(
              block == null
                  ? null
                  : new Lookup.Fetched(block, sources.getOrDefault(hash, Source.REMOTE)));
      case GONE -> CompletableFuture.completedFuture(null);
      case LATE -> CompletableFuture.failedFuture(new TimeoutException("late"));
      case NEVER_ANSWERS -> new CompletableFuture<>();
      case FAILS -> CompletableFuture.failedFuture(new IllegalStateException("down"));
    };
  }

  @Override
  public synchronized StoreOutcome putIfAbsent(Placement placement, KvBlock block) {
    requireUp();
    Error error = nextPut;
    nextPut = null;
    if (error != null) {
      throw error;
    }
    if (blocks.containsKey(placement.hash())) {
      return StoreOutcome.PRESENT;
    }
    StoreOutcome refusal = refusals.get(placement.hash());
    if (refusal != null) {
      return refusal;
    }
    blocks.put(placement.hash(), block);
    placements.add(placement);
    return StoreOutcome.STORED;
  }

  @Override
  public synchronized void asked(List<BlockHash> hashes) {
    asked.addAll(hashes);
  }

  @Override
  public synchronized void touch(List<BlockHash> hashes) {
    touched.addAll(hashes);
  }

  @Override
  public synchronized void discard(BlockHash hash) {
    blocks.remove(hash);
  }

  @Override
  public synchronized void notAdmitted(List<BlockHash> hashes) {
    hashes.forEach(hash -> absences.put(hash, new Absence(MissReason.NOT_ADMITTED, null, 1.0)));
  }

  @Override
  public synchronized Absence absence(BlockHash hash) {
    return absences.getOrDefault(hash, Absence.FIRST_SEEN);
  }

  /** Takes a block out, and remembers why. */
  public synchronized void evict(BlockHash hash, String policy) {
    blocks.remove(hash);
    absences.put(hash, new Absence(MissReason.EVICTED, policy, 7.5));
  }

  @Override
  public synchronized GridStats stats() {
    return GridStats.EMPTY;
  }

  private void requireUp() {
    if (down) {
      throw new IllegalStateException("the store is down");
    }
  }

  /** Makes reads and writes fail, or work again. */
  public synchronized void down(boolean isDown) {
    down = isDown;
  }

  /** Makes the next write end in an error. */
  public synchronized void failingOnce(Error error) {
    nextPut = error;
  }

  /** Says what reads of a block do from now on. */
  public synchronized void reading(BlockHash hash, Read read) {
    reads.put(hash, read);
  }

  /** Makes writes of a block be refused. */
  public synchronized void refusing(BlockHash hash, StoreOutcome refusal) {
    refusals.put(hash, refusal);
  }

  /** Blocks that requests asked for, each as often as they did. */
  public synchronized List<BlockHash> asked() {
    return List.copyOf(asked);
  }

  /** Says where a block seems to be. */
  public synchronized void placed(BlockHash hash, Source source) {
    sources.put(hash, source);
  }

  /** Flips a bit of a stored block's last byte. */
  public synchronized void corrupt(BlockHash hash) {
    KvBlock block = blocks.get(hash);
    if (block == null) {
      throw new IllegalArgumentException("no block " + hash);
    }
    byte[] bytes = block.bytes().clone();
    bytes[bytes.length - 1] ^= 1;
    blocks.put(hash, KvBlock.wrap(bytes));
  }

  /** Forgets a block. */
  public synchronized void remove(BlockHash hash) {
    blocks.remove(hash);
  }

  /** Blocks, in the order in which they were stored. */
  public synchronized List<Placement> placements() {
    return List.copyOf(placements);
  }

  /** Whether the store has a block. */
  public synchronized boolean has(BlockHash hash) {
    return blocks.containsKey(hash);
  }

  /** Blocks that were touched. */
  public synchronized Set<BlockHash> touched() {
    return Set.copyOf(touched);
  }

  /** Reads so far. */
  public synchronized int fetches() {
    return fetches;
  }
}
