package dev.kvasir.cache.ejb;

import dev.kvasir.cache.disk.DiskTier;
import dev.kvasir.cache.grid.Grid;
import dev.kvasir.cache.grid.GridException;
import dev.kvasir.cache.policy.RecomputeCost;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;

/**
 * One member of the grid in a process of its own, without server and engine: it holds blocks for
 * servers that are its clients, and outlives them. {@code bin/grid} runs it.
 */
public final class GridServer {
  private static final Logger LOG = System.getLogger(GridServer.class.getName());
  private static final int THREADS = 8;

  /** It reads no blocks for itself, so its near cache stays empty. */
  private static final int NO_BLOCKS = 1;

  private GridServer() {}

  /**
   * Runs until a signal ends it: then its blocks go to the other members first.
   *
   * @param arguments none; it is configured as a node, by system properties and the environment
   */
  public static void main(String... arguments) {
    try {
      NodeConfig config = NodeConfig.readMember(new ConfigValues(GridServer::value));
      if (!config.gridMembers().isEmpty()) {
        throw new IllegalArgumentException(
            "kvasir.grid.client is set, but this is a member of the grid; join others by"
                + " kvasir.cluster.join");
      }
      run(config);
    } catch (GridException | IllegalArgumentException e) {
      LOG.log(Level.ERROR, "KVASIR1007: the grid member did not start: {0}", e.getMessage());
      System.exit(1);
    }
  }

  private static void run(NodeConfig config) {
    ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(THREADS);
    String secret = ClusterSecret.read(config.secretFile());
    Grid grid = Grid.start(config.grid(secret, NO_BLOCKS, RecomputeCost.STANDARD), scheduler);
    Optional<DiskTier> disk =
        config.disk().open(secret, grid.admin()::settings, grid::pins, scheduler);
    disk.ifPresent(grid::share);
    Runtime.getRuntime()
        .addShutdownHook(
            Executors.defaultThreadFactory()
                .newThread(
                    () -> {
                      LOG.log(Level.INFO, "handing the blocks over and leaving the cluster");
                      grid.close();
                      disk.ifPresent(DiskTier::close);
                      Runtime.getRuntime().halt(0);
                    }));
    LOG.log(
        Level.INFO,
        "grid member {0} is ready; servers connect with bin/run --grid-client {1}:{2,number,#}",
        config.node(),
        config.bind(),
        config.clusterPort());
  }

  /**
   * As MicroProfile Config in a server: a system property, else one of three names of a variable.
   */
  private static Optional<String> value(String key) {
    String property = System.getProperty(key);
    String underscored = key.replace('.', '_');
    return property != null
        ? Optional.of(property)
        : Stream.of(key, underscored, underscored.toUpperCase(Locale.ROOT))
            .flatMap(name -> Optional.ofNullable(System.getenv(name)).stream())
            .findFirst();
  }
}
