package dev.kvasir.bench.node;

import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.grid.GridConfig.Role;
import dev.kvasir.engine.Engine;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

/** Two nodes of one grid, each with an engine of its own, whose pools it empties. */
final class NodePair implements AutoCloseable {
  private final BenchNode first;
  private final BenchNode second;

  NodePair(List<Engine> engines, CacheSettings settings, ScheduledExecutorService executor)
      throws IOException {
    engines.forEach(engine -> engine.model().clearPool());
    first =
        new BenchNode(
            BenchNode.loopback(List.of(), Role.MEMBER), settings, engines.get(0), executor);
    second =
        new BenchNode(
            BenchNode.loopback(List.of(first.address()), Role.MEMBER),
            settings,
            engines.get(1),
            executor);
  }

  /** One of them: even numbers for the first, odd for the second. */
  BenchNode node(int number) {
    return number % 2 == 0 ? first : second;
  }

  @Override
  public void close() {
    second.close();
    first.close();
  }
}
