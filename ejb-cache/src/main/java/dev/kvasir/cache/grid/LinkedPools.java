package dev.kvasir.cache.grid;

import dev.kvasir.cache.route.PoolCensus;
import dev.kvasir.cache.route.PoolView;
import dev.kvasir.inference.BlockHash;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The other nodes' pools once the grid is reached; before, nobody answers. */
record LinkedPools(Supplier<Optional<Grid>> grid) implements PoolCensus {
  @Override
  public List<PoolView> ask(List<BlockHash> hashes) {
    return grid.get().map(reached -> reached.pools().ask(hashes)).orElse(List.of());
  }

  @Override
  public boolean hasNode(String name) {
    return grid.get().map(reached -> reached.pools().hasNode(name)).orElse(false);
  }
}
