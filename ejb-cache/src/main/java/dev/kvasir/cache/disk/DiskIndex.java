package dev.kvasir.cache.disk;

import dev.kvasir.cache.Ticker;
import dev.kvasir.cache.policy.BlockUsage;
import dev.kvasir.cache.policy.PrefixTree;
import dev.kvasir.cache.policy.TreeBlock;
import dev.kvasir.cache.policy.Watermarks;
import dev.kvasir.inference.BlockHash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Which blocks lie on the disk, in memory, and which of them leave next. Safe for all threads: one
 * lock, held for no call to anybody else; {@link #contains} takes none.
 */
final class DiskIndex {
  /** Full to the budget, and then a twentieth free, so that not every block costs an eviction. */
  private static final Watermarks WATERMARKS = new Watermarks(1.0, 0.95);

  /** Some 2 ms under the lock. */
  private static final int MAX_LOOKS = 20_000;

  private final DiskRules rules;
  private final Ticker ticker;
  private final PrefixTree tree; // changed and read under this, contains() excepted

  /** Files that are left aside, by name: they count, and leave first. Guarded by this. */
  private final Map<String, FileStore.StoredFile> foreign = new HashMap<>();

  private long foreignBytes; // guarded by this

  /** Whose blocks were cleared, one clear after the other. Guarded by this. */
  private final List<Predicate<String>> clears = new ArrayList<>();

  DiskIndex(DiskRules rules, Ticker ticker) {
    this.rules = rules;
    this.ticker = ticker;
    tree = new PrefixTree(rules.eviction());
  }

  boolean contains(BlockHash hash) {
    return tree.contains(hash);
  }

  /** Clears so far. */
  synchronized int generation() {
    return clears.size();
  }

  /** Whether a tenant's blocks were cleared since there were so many clears. */
  synchronized boolean clearedSince(int generation, String tenant) {
    return clears.subList(generation, clears.size()).stream()
        .anyMatch(tenants -> tenants.test(tenant));
  }

  /**
   * Adds a block that was used so long ago.
   *
   * @param ofGeneration in which its file was found or begun
   * @return whether it may be there: not if it was cleared since
   */
  synchronized boolean add(TreeBlock block, long ageMillis, int ofGeneration) {
    if (clearedSince(ofGeneration, block.tenant())) {
      return false;
    }
    FileStore.StoredFile replaced = foreign.get(block.hash().toString());
    if (replaced != null) {
      forgetForeign(replaced);
    }
    boolean unused =
        tree.add(block, ticker.read() - TimeUnit.MILLISECONDS.toNanos(Math.max(0, ageMillis)));
    return true;
  }

  /** Notes a file that is left aside. */
  synchronized void addForeign(FileStore.StoredFile file) {
    foreign.put(file.name(), file);
    foreignBytes += file.bytes();
  }

  /** Forgets a block; false if it was not known. */
  synchronized boolean remove(BlockHash hash) {
    return tree.remove(hash).isPresent();
  }

  synchronized void touch(List<BlockHash> hashes) {
    long now = ticker.read();
    hashes.forEach(hash -> tree.touch(hash, 1, now));
  }

  /** Takes out whatever must go so that so many more bytes fit into the budget. */
  Leaving makeRoom(long moreBytes) {
    return hasRoom(moreBytes)
        ? new Leaving(List.of(), List.of())
        : makeRoom(moreBytes, rules.pins().get());
  }

  private synchronized Leaving makeRoom(long moreBytes, Set<BlockHash> pins) {
    Leaving leaving = new Leaving(new ArrayList<>(), new ArrayList<>());
    long held = bytes() + moreBytes;
    tree.setCapacity(WATERMARKS.capacityBlocks(tree.size(), held, rules.budgetBytes()));
    if (!WATERMARKS.exceeded(held, rules.budgetBytes())) {
      return leaving;
    }
    double excess = WATERMARKS.excess(held, rules.budgetBytes());
    List<FileStore.StoredFile> aside = new ArrayList<>(foreign.values());
    aside.sort(Comparator.comparingLong(FileStore.StoredFile::ageMillis).reversed());
    for (FileStore.StoredFile file : aside) {
      if (excess > 0) {
        excess -= file.bytes();
        leaving.foreign().add(file.name());
        forgetForeign(file);
      }
    }
    if (excess > 0) {
      leaving
          .blocks()
          .addAll(
              tree.takeVictims(
                  (long) Math.ceil(excess), Long.MAX_VALUE, hash -> !pins.contains(hash)));
    }
    return leaving;
  }

  private void forgetForeign(FileStore.StoredFile file) {
    foreign.remove(file.name());
    foreignBytes -= file.bytes();
  }

  /** Takes out blocks that are here for too long, some of them at a time. */
  List<TreeBlock> takeExpired() {
    Set<BlockHash> pins = rules.pins().get();
    synchronized (this) {
      return tree.takeExpired(
          ticker.read(), MAX_LOOKS, rules.lifetimeOf(), hash -> !pins.contains(hash));
    }
  }

  /** Whether so many more bytes fit. */
  synchronized boolean hasRoom(long moreBytes) {
    return bytes() + moreBytes <= rules.budgetBytes();
  }

  /** Forgets the blocks of these tenants, and files of which nobody knows whose they are. */
  synchronized Leaving clear(Predicate<String> tenants) {
    clears.add(tenants);
    Leaving cleared = new Leaving(new ArrayList<>(foreign.keySet()), new ArrayList<>());
    tree.select(hash -> true, Integer.MAX_VALUE).stream()
        .map(BlockUsage::block)
        .filter(block -> tenants.test(block.tenant()))
        .forEach(cleared.blocks()::add);
    cleared.blocks().forEach(block -> remove(block.hash()));
    foreign.clear();
    foreignBytes = 0;
    return cleared;
  }

  /** All blocks, a copy. */
  Set<BlockHash> names() {
    return tree.hashes();
  }

  int size() {
    return tree.size();
  }

  /** Of blocks and of files left aside. */
  synchronized long bytes() {
    return tree.bytes() + foreignBytes;
  }

  /**
   * What is to be deleted.
   *
   * @param foreign files' names
   * @param blocks in the order in which they left
   */
  record Leaving(List<String> foreign, List<TreeBlock> blocks) {}
}
