package dev.kvasir.cache.grid;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import dev.kvasir.cache.BlockStore;
import dev.kvasir.cache.GridStats;
import dev.kvasir.cache.Lookup;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvBlock;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One member of the grid, from start to close: the block store of its node. */
public final class Grid implements BlockStore, AutoCloseable {
  private final HazelcastInstance hazelcast;
  private final IndexReplica replica;
  private final BlockFetch fetch;
  private final BlockWriter writer;
  private final TouchExchange touches;
  private final StatsReader stats;
  private final Future<?> flushing;

  private Grid(GridConfig config, HazelcastInstance hazelcast, ScheduledExecutorService scheduler) {
    this.hazelcast = hazelcast;
    IMap<BlockHash, byte[]> blocks = hazelcast.getMap(HazelcastSettings.BLOCKS);
    IMap<BlockHash, IndexEntry> index = hazelcast.getMap(HazelcastSettings.INDEX);
    this.replica = new IndexReplica(config.settings().eviction(), System::nanoTime);
    NearTier near = new NearTier(blocks, config.near().capacity());
    this.fetch = new BlockFetch(blocks, hazelcast.getPartitionService(), near, scheduler);
    this.writer = new BlockWriter(blocks, index, replica);
    this.stats = new StatsReader(blocks, replica, near);
    this.touches = new TouchExchange(hazelcast.getTopic(HazelcastSettings.TOUCHES), replica);
    index.addEntryListener(new IndexListener(replica, stats.departures()), true);
    index.entrySet().forEach(entry -> replica.add(entry.getKey(), entry.getValue()));
    this.flushing = scheduler.scheduleWithFixedDelay(touches::flush, 1, 1, TimeUnit.SECONDS);
  }

  /**
   * Starts a member and joins the cluster.
   *
   * @param scheduler for all periodic work and answers; the caller's to stop, after {@link #close}
   * @throws GridException if the port is taken, or members that can be reached refuse this one
   */
  public static Grid start(GridConfig config, ScheduledExecutorService scheduler) {
    HazelcastInstance hazelcast = Hazelcast.newHazelcastInstance(HazelcastSettings.of(config));
    return new Grid(config, hazelcast, scheduler);
  }

  /** Whether this member owns the block's partition now. */
  boolean owns(BlockHash hash) {
    return fetch.isOwn(hash);
  }

  @Override
  public int countLeading(List<BlockHash> hashes) {
    return replica.countLeading(hashes);
  }

  @Override
  public CompletionStage<Lookup.@Nullable Fetched> fetch(BlockHash hash, int deadlineMillis) {
    return fetch.fetch(hash, deadlineMillis, replica::remove);
  }

  @Override
  public boolean putIfAbsent(Placement placement, KvBlock block) {
    return writer.putIfAbsent(placement, block);
  }

  @Override
  public void touch(List<BlockHash> hashes) {
    touches.touch(hashes);
  }

  @Override
  public void discard(BlockHash hash) {
    writer.discard(hash);
  }

  @Override
  public GridStats stats() {
    return stats.snapshot();
  }

  /** Leaves the cluster; its blocks stay with the others. */
  @Override
  public void close() {
    flushing.cancel(false);
    hazelcast.shutdown();
  }
}
