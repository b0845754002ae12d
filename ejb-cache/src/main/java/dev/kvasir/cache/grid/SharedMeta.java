package dev.kvasir.cache.grid;

import com.hazelcast.core.EntryEvent;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryMergedListener;
import com.hazelcast.map.listener.EntryRemovedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import dev.kvasir.cache.CacheSettings;
import dev.kvasir.inference.BlockHash;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Settings and pins that all members share: a small map, and this member's copy of it. */
final class SharedMeta
    implements EntryAddedListener<String, Object>,
        EntryUpdatedListener<String, Object>,
        EntryMergedListener<String, Object>,
        EntryRemovedListener<String, Object> {
  private static final String SETTINGS = "settings";
  private static final String PIN = "pin:";
  private static final int TIMEOUT_MILLIS = 5_000;

  private final IMap<String, Object> meta;
  private final IndexReplica replica;
  private volatile CacheSettings settings; // written under this, with the replica's order

  /** Joins the shared settings, or makes these the shared ones if there are none. */
  SharedMeta(IMap<String, Object> meta, IndexReplica replica, CacheSettings initial) {
    this.meta = meta;
    this.replica = replica;
    this.settings = initial;
    replica.switchTo(initial.eviction());
    meta.addEntryListener(this, true);
    meta.putIfAbsent(SETTINGS, initial);
    refresh();
  }

  /** The settings in force, as last heard. */
  CacheSettings settings() {
    return settings;
  }

  /** Changes the settings of all members, here at once. */
  synchronized void change(CacheSettings changed) {
    Bounded.await(meta.setAsync(SETTINGS, changed), TIMEOUT_MILLIS, "changing the settings");
    accept(SETTINGS, changed);
  }

  /** Pins blocks on all members, here at once. */
  void pin(List<BlockHash> hashes) {
    hashes.stream()
        .map(hash -> meta.setAsync(PIN + hash, true))
        .toList()
        .forEach(set -> Bounded.await(set, TIMEOUT_MILLIS, "pinning a block"));
    hashes.forEach(replica::pin);
  }

  /** Unpins blocks on all members, here at once. */
  void unpin(Collection<BlockHash> hashes) {
    hashes.stream()
        .map(hash -> meta.deleteAsync(PIN + hash))
        .toList()
        .forEach(deleted -> Bounded.get(deleted, TIMEOUT_MILLIS, "unpinning a block"));
    hashes.forEach(replica::unpin);
  }

  /** Reads the whole map again, in case an event was lost; no change here comes in between. */
  synchronized void refresh() {
    Set<BlockHash> gone = new HashSet<>(replica.pins());
    for (Map.Entry<String, Object> entry : meta.entrySet()) {
      accept(entry.getKey(), entry.getValue());
      if (entry.getKey().startsWith(PIN)) {
        gone.remove(pinned(entry.getKey()));
      }
    }
    gone.forEach(replica::unpin);
  }

  @Override
  public void entryAdded(EntryEvent<String, Object> event) {
    accept(event.getKey(), event.getValue());
  }

  @Override
  public void entryUpdated(EntryEvent<String, Object> event) {
    accept(event.getKey(), event.getValue());
  }

  @Override
  public void entryMerged(EntryEvent<String, Object> event) {
    accept(event.getKey(), event.getValue());
  }

  @Override
  public void entryRemoved(EntryEvent<String, Object> event) {
    if (event.getKey().startsWith(PIN)) {
      replica.unpin(pinned(event.getKey()));
    }
  }

  private synchronized void accept(String key, Object value) {
    if (value instanceof CacheSettings changed) {
      replica.switchTo(changed.eviction());
      settings = changed;
    } else if (key.startsWith(PIN)) {
      replica.pin(pinned(key));
    }
  }

  private static BlockHash pinned(String key) {
    return BlockHash.parse(key.substring(PIN.length()));
  }
}
