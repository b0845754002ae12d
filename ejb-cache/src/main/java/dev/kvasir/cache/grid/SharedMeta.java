package dev.kvasir.cache.grid;

import com.hazelcast.core.EntryEvent;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryMergedListener;
import com.hazelcast.map.listener.EntryRemovedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.ChangeOutcome;
import dev.kvasir.cache.SettingsVersion.Change;
import dev.kvasir.inference.BlockHash;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Settings and pins that all members share: a small map, and this member's copy of it. */
final class SharedMeta
    implements EntryAddedListener<String, Object>,
        EntryUpdatedListener<String, Object>,
        EntryMergedListener<String, Object>,
        EntryRemovedListener<String, Object> {
  /*
   * The copy changes by events, by what this member does itself, at once, and by a refresh, which
   * reads the whole map in case an event was lost. The lock is held for none of the remote calls.
   * So while a refresh reads, the copy may come to know better: the keys that change meanwhile are
   * noted, and what was read of them is left aside. Settings need no such care, for they are
   * numbered.
   */
  private static final String SETTINGS = "settings";
  private static final String PIN = "pin:";
  private static final int TIMEOUT_MILLIS = 5_000;

  private final IMap<String, Object> meta;
  private final IndexReplica replica;
  private volatile SettingsLedger ledger; // written under this, with the replica's order

  /** Keys that changed since the refresh in work began to read; null if there is none. */
  private @Nullable Set<String> changedMeanwhile; // guarded by this

  /** Joins the shared settings, or makes these the shared ones if there are none. */
  SharedMeta(
      IMap<String, Object> meta, IndexReplica replica, Change change, CacheSettings initial) {
    this.meta = meta;
    this.replica = replica;
    this.ledger = SettingsLedger.begin(change, initial);
    replica.switchTo(initial.policy());
    meta.addEntryListener(this, true);
    refresh();
  }

  /** The settings in force, as last heard. */
  CacheSettings settings() {
    return ledger.settings();
  }

  /** The settings in force and those before them, as last heard. */
  SettingsLedger ledger() {
    return ledger;
  }

  /** Changes the settings of all members, here at once, unless others than these are in force. */
  ChangeOutcome change(String tag, Change change, CacheSettings settings) {
    SettingsLedger old = ledger;
    if (!old.now().tag().equals(tag)) {
      old = latest(); // this member may be the one that is behind
    }
    if (!old.now().tag().equals(tag)) {
      return new ChangeOutcome(false, old.now());
    }
    SettingsLedger next = old.with(change, settings);
    SettingsLedger inTheWay =
        Bounded.get(
            meta.submitToKey(SETTINGS, new CommitSettings(next)),
            TIMEOUT_MILLIS,
            "changing the settings");
    SettingsLedger now = inTheWay == null ? next : inTheWay;
    accept(SETTINGS, now);
    return new ChangeOutcome(inTheWay == null, now.now());
  }

  /** As {@link #ledger}, asked for now. */
  SettingsLedger latest() {
    Object heard = Bounded.get(meta.getAsync(SETTINGS), TIMEOUT_MILLIS, "asking for the settings");
    if (heard != null) {
      accept(SETTINGS, heard);
    }
    return ledger;
  }

  /**
   * Puts settings that outlived all members in force, unless those in force are later ones of the
   * same life of the cluster, or were changed since another one began. One thread at a time.
   */
  boolean restore(SettingsLedger kept) {
    SettingsLedger theirs = latest();
    boolean holds = kept.isAfter(theirs) || (kept.id() != theirs.id() && !theirs.isChanged());
    if (!holds || !meta.replace(SETTINGS, theirs, kept)) {
      return false;
    }
    accept(SETTINGS, kept);
    return true;
  }

  /** Pins blocks on all members, here at once. */
  void pin(List<BlockHash> hashes) {
    hashes.stream()
        .map(hash -> meta.setAsync(PIN + hash, true))
        .toList()
        .forEach(set -> Bounded.await(set, TIMEOUT_MILLIS, "pinning a block"));
    hashes.forEach(hash -> accept(PIN + hash, true));
  }

  /** Unpins blocks on all members, here at once. */
  void unpin(Collection<BlockHash> hashes) {
    hashes.stream()
        .map(hash -> meta.deleteAsync(PIN + hash))
        .toList()
        .forEach(deleted -> Bounded.get(deleted, TIMEOUT_MILLIS, "unpinning a block"));
    hashes.forEach(hash -> forget(PIN + hash));
  }

  /**
   * Reads the whole map again, in case an event was lost, and writes the settings into it if they
   * went with the members that held them, or if those of the other half of a split cluster stand
   * there and these were changed later. One thread at a time.
   */
  void refresh() {
    synchronized (this) {
      changedMeanwhile = new HashSet<>();
    }
    try {
      Map<String, Object> read = new HashMap<>();
      meta.entrySet().forEach(entry -> read.put(entry.getKey(), entry.getValue()));
      read.put(SETTINGS, offered(read.get(SETTINGS)));
      takeOver(read);
    } finally {
      synchronized (this) {
        changedMeanwhile = null;
      }
    }
  }

  /**
   * What is shared, after this member's settings were put there if there are none or older ones.
   */
  private SettingsLedger offered(@Nullable Object shared) {
    SettingsLedger mine = ledger;
    if (shared == null) {
      Object faster = meta.putIfAbsent(SETTINGS, mine);
      return faster instanceof SettingsLedger theirs ? theirs : mine;
    }
    SettingsLedger theirs = (SettingsLedger) shared;
    return mine.isAfter(theirs) && meta.replace(SETTINGS, theirs, mine) ? mine : theirs;
  }

  private synchronized void takeOver(Map<String, Object> read) {
    Set<String> known = changedMeanwhile == null ? Set.of() : Set.copyOf(changedMeanwhile);
    read.forEach(
        (key, value) -> {
          if (!known.contains(key)) {
            accept(key, value);
          }
        });
    for (BlockHash pin : replica.pins()) {
      if (!read.containsKey(PIN + pin) && !known.contains(PIN + pin)) {
        replica.unpin(pin);
      }
    }
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
    forget(event.getKey());
  }

  private synchronized void accept(String key, Object value) {
    note(key);
    if (value instanceof SettingsLedger heard) {
      if (heard.supersedes(ledger)) {
        replica.switchTo(heard.settings().policy());
        ledger = heard;
      }
    } else if (key.startsWith(PIN)) {
      replica.pin(pinned(key));
    }
  }

  private synchronized void forget(String key) {
    note(key);
    if (key.startsWith(PIN)) {
      replica.unpin(pinned(key));
    }
  }

  private synchronized void note(String key) {
    if (changedMeanwhile != null) {
      changedMeanwhile.add(key);
    }
  }

  private static BlockHash pinned(String key) {
    return BlockHash.parse(key.substring(PIN.length()));
  }
}
