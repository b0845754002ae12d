package dev.kvasir.cache.grid;

import com.hazelcast.core.EntryEvent;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryEvictedListener;
import com.hazelcast.map.listener.EntryExpiredListener;
import com.hazelcast.map.listener.EntryMergedListener;
import com.hazelcast.map.listener.EntryRemovedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.completion.MissReason;
import dev.kvasir.inference.BlockHash;
import java.util.function.Supplier;

/** Keeps this member's replica and its counters true to the index that all members share. */
final class IndexListener
    implements EntryAddedListener<BlockHash, IndexEntry>,
        EntryUpdatedListener<BlockHash, IndexEntry>,
        EntryMergedListener<BlockHash, IndexEntry>,
        EntryRemovedListener<BlockHash, IndexEntry>,
        EntryEvictedListener<BlockHash, IndexEntry>,
        EntryExpiredListener<BlockHash, IndexEntry> {
  private final IndexReplica replica;
  private final Departures departures;
  private final AbsentNames absent;
  private final Supplier<EvictionKind> policy;

  /**
   * @param policy in force
   */
  IndexListener(
      IndexReplica replica,
      Departures departures,
      AbsentNames absent,
      Supplier<EvictionKind> policy) {
    this.replica = replica;
    this.departures = departures;
    this.absent = absent;
    this.policy = policy;
  }

  @Override
  public void entryAdded(EntryEvent<BlockHash, IndexEntry> event) {
    replica.add(event.getKey(), event.getValue());
  }

  @Override
  public void entryUpdated(EntryEvent<BlockHash, IndexEntry> event) {
    if (!event.getValue().expired()) {
      replica.add(event.getKey(), event.getValue());
    }
  }

  @Override
  public void entryMerged(EntryEvent<BlockHash, IndexEntry> event) {
    replica.add(event.getKey(), event.getValue());
  }

  @Override
  public void entryRemoved(EntryEvent<BlockHash, IndexEntry> event) {
    absent.removed(event.getKey());
    leave(event, Departures.Cause.REMOVED);
  }

  @Override
  public void entryEvicted(EntryEvent<BlockHash, IndexEntry> event) {
    boolean expired = event.getOldValue() != null && event.getOldValue().expired();
    if (expired) {
      absent.remember(event.getKey(), MissReason.EXPIRED);
    } else {
      absent.evicted(event.getKey(), policy.get());
    }
    leave(event, expired ? Departures.Cause.EXPIRED : Departures.Cause.POLICY);
  }

  @Override
  public void entryExpired(EntryEvent<BlockHash, IndexEntry> event) {
    absent.remember(event.getKey(), MissReason.EXPIRED);
    leave(event, Departures.Cause.EXPIRED);
  }

  private void leave(EntryEvent<BlockHash, IndexEntry> event, Departures.Cause cause) {
    replica.remove(event.getKey());
    departures.count(cause, 1);
  }
}
