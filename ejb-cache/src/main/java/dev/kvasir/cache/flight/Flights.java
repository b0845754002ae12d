package dev.kvasir.cache.flight;

import dev.kvasir.inference.BlockHash;
import java.util.List;
import java.util.Optional;

/** Who computes what, on this node and on others. Safe for all threads. */
final class Flights {
  private final FlightMap here = new FlightMap();
  private final FlightBoard board;

  Flights(FlightBoard board) {
    this.board = board;
  }

  /**
   * A request's part in a flight.
   *
   * @param leads whether it computes; else it waits
   */
  record Boarding(Flight flight, boolean leads) {}

  /**
   * Waits with whoever computes the first of these blocks, or takes it on to compute all of them.
   *
   * @param missing at least one
   * @param others whether what other members compute is of use
   */
  Boarding enter(List<BlockHash> missing, boolean others) {
    Flight own = new Flight(missing, true);
    while (!here.add(own)) {
      Optional<Flight> before = here.find(own.first());
      if (before.isPresent()) {
        return new Boarding(before.get(), false);
      }
    }
    Optional<Flight> away = others ? elsewhere(own) : Optional.empty();
    if (away.isEmpty()) {
      return new Boarding(own, true);
    }
    here.end(own);
    return new Boarding(away.get(), false);
  }

  private Optional<Flight> elsewhere(Flight own) {
    Optional<Flight> known = board.find(own.first());
    return known.isPresent() ? known : board.announce(own);
  }

  /** Computes these blocks whoever else does. */
  Flight lead(List<BlockHash> missing) {
    Flight own = new Flight(missing, true);
    boolean unused = here.add(own); // if not: others follow the one before
    return own;
  }

  /** A flight that was led here has come to its end: its blocks are in the pool. */
  void landed(Flight flight) {
    here.end(flight);
    board.landed(flight);
  }

  /** A flight that was led here was given up. */
  void failed(Flight flight) {
    here.end(flight);
    board.failed(flight);
  }
}
