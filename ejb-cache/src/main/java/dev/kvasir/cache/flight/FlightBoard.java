package dev.kvasir.cache.flight;

import dev.kvasir.inference.BlockHash;
import java.util.Optional;

/**
 * Where members tell each other what they compute. Safe for all threads, and never throws: in
 * trouble nobody is seen to compute anything.
 */
public interface FlightBoard {
  /** Of a node without others. */
  FlightBoard NONE =
      new FlightBoard() {
        @Override
        public Optional<Flight> find(BlockHash block) {
          return Optional.empty();
        }

        @Override
        public Optional<Flight> announce(Flight flight) {
          return Optional.empty();
        }

        @Override
        public void landed(Flight flight) {}

        @Override
        public void failed(Flight flight) {}
      };

  /** Another member's flight that computes a block, as far as this one has heard: asks nobody. */
  Optional<Flight> find(BlockHash block);

  /**
   * Tells all members of a flight; either {@link #landed} or {@link #failed} must follow. Waits for
   * the grid, but some milliseconds only.
   *
   * @return another member's flight that began with the same block before; then this one is not
   *     announced
   */
  Optional<Flight> announce(Flight flight);

  /** Its blocks are computed and on their way to the store. Does nothing if it is not announced. */
  void landed(Flight flight);

  /** Nothing comes of it any more. Does nothing if it is not announced. */
  void failed(Flight flight);
}
