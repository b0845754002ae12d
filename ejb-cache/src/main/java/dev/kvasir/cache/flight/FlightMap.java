package dev.kvasir.cache.flight;

import dev.kvasir.inference.BlockHash;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Flights by each of their blocks. Safe for all threads. */
public final class FlightMap {
  private final Map<BlockHash, Flight> byBlock = new ConcurrentHashMap<>();

  /** Who computes a block. */
  public Optional<Flight> find(BlockHash block) {
    return Optional.ofNullable(byBlock.get(block));
  }

  /** Adds a flight with those of its blocks that no other has; false if one has the first. */
  public boolean add(Flight flight) {
    if (byBlock.putIfAbsent(flight.first(), flight) != null) {
      return false;
    }
    flight.blocks().forEach(block -> byBlock.putIfAbsent(block, flight));
    return true;
  }

  /** Takes a flight out, and ends it. Idempotent. */
  public void end(Flight flight) {
    flight.blocks().forEach(block -> byBlock.remove(block, flight));
    flight.end();
  }
}
