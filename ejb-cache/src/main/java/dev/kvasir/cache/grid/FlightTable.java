package dev.kvasir.cache.grid;

import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryExpiredListener;
import com.hazelcast.map.listener.EntryRemovedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import dev.kvasir.cache.flight.Flight;
import dev.kvasir.cache.flight.FlightBoard;
import dev.kvasir.cache.flight.FlightMap;
import dev.kvasir.inference.BlockHash;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The board in a map of the grid, and this member's copy of it. */
final class FlightTable
    implements FlightBoard,
        EntryAddedListener<BlockHash, FlightEntry>,
        EntryUpdatedListener<BlockHash, FlightEntry>,
        EntryRemovedListener<BlockHash, FlightEntry>,
        EntryExpiredListener<BlockHash, FlightEntry> {
  /*
   * An entry lives for a lease that its member renews each second: a member that is killed, or a
   * client of which nobody hears that it left, frees it within three. Leases are counted by the
   * entry's owner, and once more by each reader from when it heard of it last, by its own clock:
   * the owner tells of what expired only when it comes upon it.
   *
   * A landed flight's blocks come to the store behind the request's back. Its entry stays for two
   * seconds, so that who waits goes on waiting, and who comes then does not compute.
   *
   * Entries have no backup. One that is lost with its owner comes back with its renewal; until then
   * two members may compute the same, as they do whenever the board is in trouble.
   */
  static final Duration RENEW_EVERY = Duration.ofSeconds(1);

  private static final System.Logger LOG = System.getLogger(FlightTable.class.getName());
  private static final int LEASE_MILLIS = 3_000;
  private static final int LANDED_MILLIS = 2_000;
  private static final int ANNOUNCE_MILLIS = 50;
  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final HazelcastInstance hazelcast;
  private final IndexReplica replica;
  private final Clients clients;
  private final IMap<BlockHash, FlightEntry> entries;
  private final FlightMap others = new FlightMap();
  private final Map<BlockHash, Heard> heard = new ConcurrentHashMap<>(); // by first block
  private final Map<BlockHash, FlightEntry> own = new ConcurrentHashMap<>(); // by first block
  private volatile long silentUntilNanos = System.nanoTime(); // after an announcement that failed

  /**
   * @param clients says whether anybody would hear
   */
  FlightTable(HazelcastInstance hazelcast, IndexReplica replica, Clients clients) {
    this.hazelcast = hazelcast;
    this.replica = replica;
    this.clients = clients;
    this.entries = hazelcast.getMap(HazelcastSettings.FLIGHTS);
  }

  /** Another member's flight. */
  private record Heard(FlightEntry entry, Flight flight, long untilNanos) {}

  /** Begins to listen. */
  void follow() {
    entries.addEntryListener(this, true);
  }

  private UUID self() {
    return hazelcast.getLocalEndpoint().getUuid();
  }

  @Override
  public Optional<Flight> find(BlockHash block) {
    return others.find(block);
  }

  @Override
  public Optional<Flight> announce(Flight flight) {
    if (clients.isAlone() || System.nanoTime() - silentUntilNanos < 0) {
      return Optional.empty();
    }
    FlightEntry entry = new FlightEntry(self(), flight.blocks(), false);
    own.put(entry.first(), entry);
    try {
      Optional<FlightEntry> before =
          Bounded.get(
              claim(entry, LEASE_MILLIS).thenApply(Optional::ofNullable),
              ANNOUNCE_MILLIS,
              "announcing a computation");
      if (before.isPresent()) {
        own.remove(entry.first());
      }
      return before.map(this::hear);
    } catch (RuntimeException e) {
      silentUntilNanos = System.nanoTime() + SILENCE_NANOS;
      LOG.log(System.Logger.Level.DEBUG, "others are not told of a computation", e);
      return Optional.empty();
    }
  }

  private java.util.concurrent.CompletionStage<@Nullable FlightEntry> claim(
      FlightEntry entry, int leaseMillis) {
    return entries.submitToKey(entry.first(), new ClaimFlight(entry, leaseMillis));
  }

  @Override
  public void landed(Flight flight) {
    FlightEntry entry = own.remove(flight.first());
    if (entry != null) {
      tell(entry.afterLanding(), LANDED_MILLIS);
    }
  }

  @Override
  public void failed(Flight flight) {
    FlightEntry entry = own.remove(flight.first());
    if (entry != null) {
      tell(entry, 0);
    }
  }

  private void tell(FlightEntry entry, int leaseMillis) {
    try {
      claim(entry, leaseMillis)
          .whenComplete(
              (before, failure) -> {
                if (failure != null) {
                  LOG.log(
                      System.Logger.Level.DEBUG, "others are not told of a computation", failure);
                }
              });
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "others are not told of a computation", e);
    }
  }

  /** Renews this member's leases, and ends those of others that were not renewed or are done. */
  void renew() {
    own.values().forEach(entry -> tell(entry, LEASE_MILLIS));
    long now = System.nanoTime();
    heard.values().stream()
        .filter(flight -> now - flight.untilNanos() > 0 || isStored(flight.entry()))
        .forEach(this::end);
  }

  private boolean isStored(FlightEntry entry) {
    return entry.landed() && replica.countLeading(entry.blocks()) == entry.blocks().size();
  }

  /** A member is gone: its entries go too, each one's first remover takes it out for all. */
  void left(UUID member) {
    for (Heard gone : heard.values()) {
      if (gone.entry().member().equals(member)) {
        end(gone);
        tell(gone.entry(), 0);
      }
    }
  }

  private Flight hear(FlightEntry entry) {
    int millis = entry.landed() ? LANDED_MILLIS : LEASE_MILLIS;
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    Heard now =
        heard.compute(
            entry.first(),
            (first, before) -> {
              if (before != null && before.entry().blocks().equals(entry.blocks())) {
                return new Heard(entry, before.flight(), until);
              }
              if (before != null) {
                others.end(before.flight());
              }
              Flight flight = new Flight(entry.blocks(), false);
              boolean unused = others.add(flight);
              return new Heard(entry, flight, until);
            });
    return now.flight();
  }

  private void end(Heard gone) {
    heard.remove(gone.entry().first(), gone);
    others.end(gone.flight());
  }

  @Override
  public void entryAdded(EntryEvent<BlockHash, FlightEntry> event) {
    entryUpdated(event);
  }

  @Override
  public void entryUpdated(EntryEvent<BlockHash, FlightEntry> event) {
    if (!event.getValue().member().equals(self())) {
      Flight unused = hear(event.getValue());
    }
  }

  @Override
  public void entryRemoved(EntryEvent<BlockHash, FlightEntry> event) {
    Heard gone = heard.get(event.getKey());
    if (gone != null) {
      end(gone);
    }
  }

  @Override
  public void entryExpired(EntryEvent<BlockHash, FlightEntry> event) {
    entryRemoved(event);
  }
}
