package dev.kvasir.cache.disk;

import dev.kvasir.cache.BlockStore.Placement;
import dev.kvasir.cache.BlockTier;
import dev.kvasir.cache.CorruptBlockException;
import dev.kvasir.cache.Lookup;
import dev.kvasir.cache.Source;
import dev.kvasir.cache.Ticker;
import dev.kvasir.cache.TierEvent;
import dev.kvasir.cache.TierStats;
import dev.kvasir.cache.policy.TreeBlock;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvBlock;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The blocks on this node's disk. Whatever goes wrong there is a miss. */
public final class DiskTier implements BlockTier, AutoCloseable {
  /*
   * Lookups ask the index; reads, eight at a time, and writes, one at a time, are tasks in lanes of
   * their own, so that a disk that hangs holds up nobody but them. A block is in the index after
   * its file is whole, and leaves it before its file does; a reader that comes in between finds no
   * file, which is a miss. One writer, which first makes room, keeps the budget.
   */
  private static final Logger LOG = System.getLogger(DiskTier.class.getName());
  private static final int READERS = 8;
  private static final int MAX_WAITING_READS = 2_048;
  private static final long MAX_WAITING_BYTES = 64L << 20;

  private final DiskParts parts;
  private final FileStore files;
  private final BlockFile format;
  private final DiskIndex index;
  private final DiskCounts counts;
  private final Executor executor;
  private final Lanes readers;
  private final Lanes writer;
  private final Set<BlockHash> writing = ConcurrentHashMap.newKeySet();
  private volatile TierStats.State state = TierStats.State.SCANNING;
  private volatile String reason = "";
  private volatile boolean congested;
  private volatile boolean closed;

  DiskTier(DiskParts parts, Executor executor) {
    this.parts = parts;
    this.executor = executor;
    files = parts.files();
    format = parts.format();
    index = new DiskIndex(parts.rules(), parts.ticker());
    counts = new DiskCounts(parts.ticker());
    readers = new Lanes(executor, READERS, MAX_WAITING_READS);
    writer = new Lanes(executor, 1, MAX_WAITING_BYTES);
  }

  /**
   * Opens a folder, and begins to look for what lies there. Never fails: a folder that cannot be
   * used is logged, told by {@link #stats}, and left aside.
   *
   * @param folder made if need be; no other process may use it
   * @param sealingSecret to seal blocks with a key made from it; null to leave them plain
   * @param executor for all reading and writing
   */
  public static DiskTier open(
      Path folder, @Nullable String sealingSecret, DiskRules rules, Executor executor) {
    BlockCipher cipher = sealingSecret == null ? null : new BlockCipher(sealingSecret);
    DiskTier tier =
        new DiskTier(
            new DiskParts(new FolderStore(folder), new BlockFile(cipher), rules, Ticker.system()),
            executor);
    tier.start();
    return tier;
  }

  void start() {
    try {
      files.open();
      executor.execute(this::scan);
    } catch (IOException | RuntimeException e) {
      failed(e);
    }
  }

  private void scan() {
    try {
      new DiskScan(parts, index, counts).run(() -> closed);
      evict(index.makeRoom(0));
      state = TierStats.State.READY;
    } catch (IOException | RuntimeException e) {
      failed(e);
    }
  }

  private void failed(Exception cause) {
    reason = cause.toString();
    state = TierStats.State.FAILED;
    LOG.log(
        Level.WARNING,
        "KVASIR4001: the disk tier cannot be used ({0}); the node serves without it; see to the"
            + " folder below kvasir.data and start again, or set kvasir.disk.mib=0",
        reason);
  }

  private boolean usable() {
    return !closed && state != TierStats.State.FAILED;
  }

  static TreeBlock treeBlock(Placement placement, int fileBytes) {
    return new TreeBlock(
        placement.hash(), placement.parent(), placement.depth(), fileBytes, placement.tenant());
  }

  @Override
  public boolean contains(BlockHash hash) {
    return index.contains(hash);
  }

  @Override
  public Set<BlockHash> names() {
    return index.names();
  }

  @Override
  public CompletionStage<Lookup.@Nullable Fetched> fetch(BlockHash hash, int deadlineMillis) {
    CompletableFuture<Lookup.@Nullable Fetched> answer = new CompletableFuture<>();
    if (!usable() || !index.contains(hash)) {
      answer.complete(null);
    } else if (!readers.offer(() -> read(hash, answer), 1, 0)) {
      answer.completeExceptionally(new IOException("too many reads wait for the disk"));
    }
    return answer.orTimeout(deadlineMillis, TimeUnit.MILLISECONDS);
  }

  /** Unless nobody waits any more. */
  private void read(BlockHash hash, CompletableFuture<Lookup.@Nullable Fetched> answer) {
    if (answer.isDone()) {
      return;
    }
    try {
      KvBlock block = format.decode(files.read(hash.toString(), BlockFile.HEAD_BYTES), hash);
      counts.count(TierEvent.READ);
      answer.complete(new Lookup.Fetched(block, Source.DISK));
    } catch (NoSuchFileException e) {
      boolean unused = index.remove(hash);
      answer.complete(null);
    } catch (CorruptBlockException e) {
      counts.corrupt(e);
      remove(hash);
      answer.completeExceptionally(e);
    } catch (IOException | RuntimeException e) {
      counts.readFailed(e);
      answer.completeExceptionally(e);
    }
  }

  @Override
  public boolean write(Placement placement, KvBlock block, WriteReason why, int patienceMillis) {
    BlockHash hash = placement.hash();
    if (index.contains(hash)) {
      if (why == WriteReason.PUBLISHED) {
        counts.count(TierEvent.PROMOTED);
      }
      return false;
    }
    if (!usable() || !BlockHeader.fits(placement) || !writing.add(hash)) {
      return false;
    }
    int bytes = format.fileBytes(block);
    int generation = index.generation();
    // who found no room in time waits no more until there is some: a disk may hang for long
    int patience = congested ? 0 : patienceMillis;
    congested = !writer.offer(() -> store(placement, block, generation), bytes, patience);
    if (congested) {
      writing.remove(hash);
      counts.count(TierEvent.DROPPED);
      return false;
    }
    if (why == WriteReason.DEMOTED) {
      counts.count(TierEvent.DEMOTED);
    }
    return true;
  }

  private void store(Placement placement, KvBlock block, int generation) {
    BlockHash hash = placement.hash();
    try {
      if (index.clearedSince(generation, placement.tenant())) {
        return;
      }
      int bytes = format.fileBytes(block);
      evict(index.makeRoom(bytes));
      if (closed || !index.hasRoom(bytes)) { // all that could leave is pinned
        counts.count(TierEvent.DROPPED);
        return;
      }
      files.write(hash.toString(), format.encode(placement, block));
      if (index.add(treeBlock(placement, bytes), 0, generation)) {
        counts.count(TierEvent.WRITTEN);
      } else {
        files.delete(hash.toString()); // cleared meanwhile
      }
    } catch (IOException | RuntimeException e) {
      counts.writeFailed(e);
    } finally {
      writing.remove(hash);
    }
  }

  @Override
  public void expire() {
    List<TreeBlock> expired = index.takeExpired();
    if (!expired.isEmpty()) {
      counts.count(TierEvent.EXPIRED, expired.size());
      boolean unused =
          writer.offer(() -> expired.forEach(block -> delete(block.hash().toString())), 0, 0);
    }
  }

  @Override
  public void touch(List<BlockHash> hashes) {
    index.touch(hashes);
  }

  @Override
  public void remove(BlockHash hash) {
    if (index.remove(hash)) {
      // by the writer, in turn with what it may write anew: a request waits for no disk
      boolean unused = writer.offer(() -> delete(hash.toString()), 0, 0);
    }
  }

  @Override
  public long clear(Predicate<String> tenants) {
    DiskIndex.Leaving cleared = index.clear(tenants);
    delete(cleared);
    return cleared.blocks().size();
  }

  private void evict(DiskIndex.Leaving victims) {
    delete(victims);
    counts.count(TierEvent.EVICTED, victims.blocks().size());
  }

  private void delete(DiskIndex.Leaving leaving) {
    leaving.foreign().forEach(this::delete);
    leaving.blocks().forEach(block -> delete(block.hash().toString()));
  }

  private void delete(String name) {
    try {
      files.delete(name);
    } catch (IOException | RuntimeException e) {
      counts.writeFailed(e);
    }
  }

  @Override
  public TierStats stats() {
    return new TierStats(
        state, reason, index.size(), index.bytes(), parts.rules().budgetBytes(), counts.snapshot());
  }

  /** Reads that wait or run. */
  long waitingReads() {
    return readers.weight();
  }

  /** Ends reading and writing; a write in progress comes to its end, those that wait do not. */
  @Override
  public void close() {
    closed = true;
    files.close();
  }
}
