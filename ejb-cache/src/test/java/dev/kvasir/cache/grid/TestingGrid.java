package dev.kvasir.cache.grid;

import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.ChangeOutcome;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.LoadRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Members of a grid in this process, on loopback, on ports that were free. */
final class TestingGrid {
  static final CacheSettings SETTINGS =
      new CacheSettings(EvictionKind.LRU, 1L << 30, LoadRule.ALWAYS, 2_000);

  private TestingGrid() {}

  static ScheduledExecutorService scheduler() {
    return Executors.newScheduledThreadPool(2);
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static GridConfig config(String node, int port, List<String> join) {
    return new GridConfig(
        node,
        new GridConfig.Network("127.0.0.1", port, join),
        "secret of the tests",
        SETTINGS,
        new GridConfig.Near(1 << 20, 1 << 16),
        Duration.ofMillis(500));
  }

  /** Of a client of the member at a port. */
  static GridConfig clientConfig(String node, int port) {
    GridConfig config = config(node, port, List.of());
    return new GridConfig(
        node,
        GridConfig.Network.client(List.of("127.0.0.1:" + port)),
        config.secret(),
        config.settings(),
        config.near(),
        config.reconcileEvery());
  }

  static GridConfig withSecret(GridConfig config, String secret) {
    return new GridConfig(
        config.node(),
        config.network(),
        secret,
        config.settings(),
        config.near(),
        config.reconcileEvery());
  }

  /** Puts settings in force, whatever others change meanwhile. */
  static void change(Grid grid, CacheSettings settings) {
    String tag = grid.admin().version().tag();
    ChangeOutcome outcome = grid.admin().change("test", tag, settings);
    while (!outcome.done()) {
      outcome = grid.admin().change("test", outcome.now().tag(), settings);
    }
  }

  /** So that what members know, they know by events, but for the rounds after a join. */
  static GridConfig withoutReconciliation(GridConfig config) {
    return new GridConfig(
        config.node(),
        config.network(),
        config.secret(),
        config.settings(),
        config.near(),
        Duration.ofHours(1));
  }
}
