package dev.kvasir.cache.browse;

import dev.kvasir.cache.BlockInfo;
import dev.kvasir.cache.Prefix;
import dev.kvasir.cache.Ticker;
import dev.kvasir.inference.BlockHash;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Walks a {@link Forest} that is taken anew when it is a second old, or was cut. */
public final class ForestBrowser implements BlockBrowser {
  private static final long MAX_AGE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final CachedBlocks cache;
  private final Ticker ticker;
  private @Nullable Forest forest; // guarded by this
  private long takenNanos; // guarded by this

  /**
   * @param ticker monotonic nanoseconds
   */
  public ForestBrowser(CachedBlocks cache, Ticker ticker) {
    this.cache = cache;
    this.ticker = ticker;
  }

  @Override
  public RunPage runs(RunQuery query) {
    return forest().page(query);
  }

  @Override
  public List<BlockRun> path(BlockHash hash) {
    return fresh().path(hash);
  }

  @Override
  public PromptBlocks find(PromptText text) {
    Prefix prefix = cache.prefixOf(text);
    List<BlockHash> hashes = prefix.hashes();
    int inGrid = cache.countInGrid(hashes);
    BlockHash last = inGrid == 0 ? null : hashes.get(inGrid - 1);
    return new PromptBlocks(
        prefix.tokens().size(),
        hashes.size(),
        inGrid,
        cache.countInPool(hashes),
        (int) hashes.stream().filter(cache::isOnDisk).count(),
        last,
        last == null ? List.of() : fresh().path(last));
  }

  @Override
  public RemovedBranch remove(BlockHash hash, Leaving how) {
    List<BlockInfo> branch = fresh().branchFrom(hash);
    if (branch.isEmpty()) {
      return RemovedBranch.NONE;
    }
    int pinned = (int) branch.stream().filter(BlockInfo::pinned).count();
    if (pinned > 0) {
      return new RemovedBranch(0, 0, pinned);
    }
    List<BlockHash> leaving = branch.stream().limit(MAX_REMOVED).map(BlockInfo::hash).toList();
    int gone = cache.remove(branch.get(0).tenant(), leaving, how);
    forget();
    return new RemovedBranch(gone, branch.size() - leaving.size(), 0);
  }

  private synchronized Forest forest() {
    Forest taken = forest;
    return taken == null || ticker.read() - takenNanos > MAX_AGE_NANOS ? fresh() : taken;
  }

  private synchronized Forest fresh() {
    Forest taken = new Forest(cache);
    forest = taken;
    takenNanos = ticker.read();
    return taken;
  }

  private synchronized void forget() {
    forest = null;
  }
}
