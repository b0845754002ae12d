package dev.kvasir.cache.grid;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.ExtendedMapEntry;
import dev.kvasir.inference.BlockHash;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes a member's entry for some time, or takes it out, unless another member has one there; then
 * that is the answer.
 */
final class ClaimFlight implements EntryProcessor<BlockHash, FlightEntry, @Nullable FlightEntry> {
  private static final long serialVersionUID = 1L;

  private final transient FlightEntry entry; // travels by Serializers
  private final int leaseMillis;

  /**
   * @param leaseMillis after which it is gone unless it is renewed; 0 to take it out
   */
  ClaimFlight(FlightEntry entry, int leaseMillis) {
    this.entry = entry;
    this.leaseMillis = leaseMillis;
  }

  FlightEntry entry() {
    return entry;
  }

  int leaseMillis() {
    return leaseMillis;
  }

  @Override
  public @Nullable FlightEntry process(Map.Entry<BlockHash, @Nullable FlightEntry> there) {
    FlightEntry before = there.getValue();
    if (before != null && !before.member().equals(entry.member())) {
      return before;
    }
    if (leaseMillis > 0) {
      ((ExtendedMapEntry<BlockHash, @Nullable FlightEntry>) there)
          .setValue(entry, leaseMillis, TimeUnit.MILLISECONDS);
    } else if (before != null) {
      there.setValue(null);
    }
    return null;
  }
}
