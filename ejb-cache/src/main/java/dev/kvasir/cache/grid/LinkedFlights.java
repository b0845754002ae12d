package dev.kvasir.cache.grid;

import dev.kvasir.cache.flight.Flight;
import dev.kvasir.cache.flight.FlightBoard;
import dev.kvasir.inference.BlockHash;
import java.util.Optional;
import java.util.function.Supplier;

/** The grid's board once it is reached; before, nobody is seen to compute anything. */
record LinkedFlights(Supplier<Optional<Grid>> grid) implements FlightBoard {
  private FlightBoard board() {
    return grid.get().map(Grid::flights).orElse(NONE);
  }

  @Override
  public Optional<Flight> find(BlockHash block) {
    return board().find(block);
  }

  @Override
  public Optional<Flight> announce(Flight flight) {
    return board().announce(flight);
  }

  @Override
  public void landed(Flight flight) {
    board().landed(flight);
  }

  @Override
  public void failed(Flight flight) {
    board().failed(flight);
  }
}
