package dev.kvasir.cache.grid;

import com.hazelcast.core.EntryEvent;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryEvictedListener;
import com.hazelcast.map.listener.EntryExpiredListener;
import com.hazelcast.map.listener.EntryMergedListener;
import com.hazelcast.map.listener.EntryRemovedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import dev.kvasir.inference.BlockHash;

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

  IndexListener(IndexReplica replica, Departures departures) {
    this.replica = replica;
    this.departures = departures;
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
    leave(event, Departures.Cause.REMOVED);
  }

  @Override
  public void entryEvicted(EntryEvent<BlockHash, IndexEntry> event) {
    boolean expired = event.getOldValue() != null && event.getOldValue().expired();
    leave(event, expired ? Departures.Cause.EXPIRED : Departures.Cause.POLICY);
  }

  @Override
  public void entryExpired(EntryEvent<BlockHash, IndexEntry> event) {
    leave(event, Departures.Cause.EXPIRED);
  }

  private void leave(EntryEvent<BlockHash, IndexEntry> event, Departures.Cause cause) {
    replica.remove(event.getKey());
    departures.count(cause, 1);
  }
}
