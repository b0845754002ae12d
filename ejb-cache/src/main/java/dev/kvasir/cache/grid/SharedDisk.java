package dev.kvasir.cache.grid;

import com.hazelcast.core.HazelcastInstance;
import dev.kvasir.cache.BlockStore.Placement;
import dev.kvasir.cache.BlockTier;
import dev.kvasir.cache.CorruptBlockException;
import dev.kvasir.cache.Lookup;
import dev.kvasir.cache.TierEvent;
import dev.kvasir.cache.TierStats;
import dev.kvasir.cache.grid.DiskAnswer.Kind;
import dev.kvasir.cache.policy.TreeBlock;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvBlock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * This node's disk and those of the others: what lies on one of them is a hit for all. Before the
 * grid is reached it is this node's disk alone.
 */
final class SharedDisk implements BlockTier {
  private final DiskDirectory others = new DiskDirectory();
  private final LongAdder promotedElsewhere = new LongAdder();
  private volatile BlockTier local = BlockTier.NONE;
  private volatile @Nullable Ways ways; // null before the grid is reached

  /**
   * Ways to the others.
   *
   * @param teller tells them what lies here, and hears what lies there
   * @param reads what lies there
   * @param payloads of the grid
   */
  private record Ways(DiskTeller teller, DiskReads reads, PayloadReader payloads) {}

  /** Once the grid is reached: tells the others, and hears of them, from now on. */
  void connect(HazelcastInstance hazelcast, NodeCalls calls, PayloadReader payloads) {
    ways =
        new Ways(
            new DiskTeller(hazelcast, calls, others),
            new DiskReads(hazelcast, calls.inbox(), others),
            payloads);
  }

  private Ways ways() {
    return Objects.requireNonNull(ways, "the grid is not reached yet");
  }

  void share(BlockTier tier) {
    local = tier;
  }

  /** Tells the others what came and went; periodic. */
  void tell() {
    ways().teller().tell(local.names());
  }

  /** Asks the others for what this node has missed; periodic, and after changes of members. */
  void reconcile() {
    ways().teller().reconcile();
  }

  /** All that lies here, unless that is what is known already. */
  DiskNews newsFor(DiskDirectory.Summary known) {
    Set<BlockHash> names = local.names();
    return DiskDirectory.Summary.of(names).equals(known)
        ? DiskNews.NONE
        : new DiskNews(List.copyOf(names), List.of(), true);
  }

  /** For another node. */
  DiskAnswer readHere(BlockHash hash, int deadlineMillis) {
    try {
      Lookup.Fetched fetched =
          local
              .fetch(hash, deadlineMillis)
              .toCompletableFuture()
              .get(deadlineMillis, TimeUnit.MILLISECONDS);
      return fetched == null
          ? DiskAnswer.without(Kind.GONE)
          : new DiskAnswer(Kind.FOUND, fetched.block().bytes());
    } catch (ExecutionException e) {
      boolean corrupt = e.getCause() instanceof CorruptBlockException;
      return DiskAnswer.without(corrupt ? Kind.CORRUPT : Kind.FAILED);
    } catch (TimeoutException e) {
      return DiskAnswer.without(Kind.FAILED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return DiskAnswer.without(Kind.FAILED);
    }
  }

  /** For another node. */
  void removeHere(BlockHash hash) {
    local.remove(hash);
  }

  /** For another member; says how many of them there were. */
  int removeAllHere(List<BlockHash> hashes) {
    List<BlockHash> here = hashes.stream().filter(local::contains).toList();
    here.forEach(local::remove);
    return here.size();
  }

  /** Keeps a block that the grid is about to lose, unless it lies on a disk already. */
  void demote(TreeBlock victim) {
    if (local == BlockTier.NONE || contains(victim.hash())) {
      return;
    }
    byte[] payload = ways().payloads().read(victim.hash());
    if (payload != null) {
      Placement placement =
          new Placement(victim.hash(), victim.parent(), victim.depth(), victim.tenant());
      boolean unused = local.write(placement, KvBlock.wrap(payload), WriteReason.DEMOTED, 0);
    }
  }

  /** After everything was cleared. */
  void forgetAll() {
    others.clear();
    long unused = local.clear(tenant -> true);
  }

  @Override
  public boolean contains(BlockHash hash) {
    return local.contains(hash) || others.holder(hash).isPresent();
  }

  /** Those of this node's disk. */
  @Override
  public Set<BlockHash> names() {
    return local.names();
  }

  @Override
  public CompletionStage<Lookup.@Nullable Fetched> fetch(BlockHash hash, int deadlineMillis) {
    return local.contains(hash)
        ? local.fetch(hash, deadlineMillis)
        : others
            .holder(hash)
            .map(holder -> ways().reads().fetch(holder, hash, deadlineMillis))
            .orElseGet(() -> CompletableFuture.completedFuture(null));
  }

  @Override
  public boolean write(Placement placement, KvBlock block, WriteReason reason, int patienceMillis) {
    BlockHash hash = placement.hash();
    if (!local.contains(hash) && others.holder(hash).isPresent()) {
      promotedElsewhere.add(reason == WriteReason.PUBLISHED ? 1 : 0);
      return false;
    }
    return local.write(placement, block, reason, patienceMillis);
  }

  @Override
  public void expire() {
    local.expire();
  }

  @Override
  public void touch(List<BlockHash> hashes) {
    local.touch(hashes);
  }

  /** On whichever disks it lies, as far as is known. */
  @Override
  public void remove(BlockHash hash) {
    local.remove(hash);
    others.holder(hash).ifPresent(holder -> ways().reads().drop(holder, hash));
  }

  /** This node's disk. */
  @Override
  public long clear(Predicate<String> tenants) {
    return local.clear(tenants);
  }

  @Override
  public TierStats stats() {
    TierStats here = local.stats();
    Map<TierEvent, Long> events = new EnumMap<>(TierEvent.class);
    events.putAll(here.events());
    events.merge(TierEvent.PROMOTED, promotedElsewhere.sum(), Long::sum);
    return new TierStats(
        here.state(), here.reason(), here.blocks(), here.bytes(), here.budgetBytes(), events);
  }
}
