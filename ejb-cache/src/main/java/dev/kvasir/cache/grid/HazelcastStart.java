package dev.kvasir.cache.grid;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.logging.Logger;

/** Starts a Hazelcast member that holds the cluster's secret, or says in one line why not. */
final class HazelcastStart {
  /**
   * Held, since loggers that nobody holds forget their level. What this one would log with a stack
   * trace, {@link SocketGuard} says in one line.
   */
  private static final Logger ACCEPTOR_LOG =
      Logger.getLogger("com.hazelcast.internal.server.tcp.TcpServerAcceptor");

  private static final System.Logger LOG = System.getLogger(HazelcastStart.class.getName());
  private static final long JOIN_MILLIS = 20_000;
  private static final long POLL_MILLIS = 50;

  private HazelcastStart() {}

  static HazelcastInstance start(GridConfig config) {
    ACCEPTOR_LOG.setLevel(java.util.logging.Level.SEVERE);
    GridConfig.Network network = config.network();
    SecretHandshake handshake =
        new SecretHandshake(
            config.secret(), new SecretHandshake.Peer(config.node(), network.address()));
    requireFreePort(network);
    int willing = new JoinProbe(handshake).countWilling(network.join());
    if (willing == 0 && !network.join().isEmpty()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "KVASIR3004: none of {0} can be reached; starting alone, and looking for them on",
          network.join());
    }
    HazelcastInstance hazelcast = start(config, handshake);
    if (willing > 0) {
      awaitCompany(hazelcast, network);
    }
    return hazelcast;
  }

  private static HazelcastInstance start(GridConfig config, SecretHandshake handshake) {
    try {
      return HazelcastInstanceFactory.newHazelcastInstance(
          HazelcastSettings.of(config), instanceName(config), new AuthenticatingNode(handshake));
    } catch (HazelcastException | IllegalStateException e) {
      throw new GridException(
          "the grid did not start at %s: %s".formatted(config.network().address(), e.getMessage()),
          e);
    }
  }

  private static String instanceName(GridConfig config) {
    return config.node() + "-" + config.network().port();
  }

  private static void requireFreePort(GridConfig.Network network) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(
          new java.net.InetSocketAddress(InetAddress.getByName(network.bind()), network.port()));
    } catch (IOException e) {
      throw new GridException(
          "the grid cannot listen at %s: %s; choose another address or cluster port"
              .formatted(network.address(), e.getMessage()),
          e);
    }
  }

  /** A member that others would have must not run on alone. */
  private static void awaitCompany(HazelcastInstance hazelcast, GridConfig.Network network) {
    long start = System.nanoTime();
    while (hazelcast.getCluster().getMembers().size() == 1) {
      if ((System.nanoTime() - start) / 1_000_000 > JOIN_MILLIS) {
        hazelcast.getLifecycleService().terminate();
        throw new GridException(
            "%s can be reached, but did not let this node in within %d s; see their logs"
                .formatted(network.join(), JOIN_MILLIS / 1_000));
      }
      java.util.concurrent.locks.LockSupport.parkNanos(POLL_MILLIS * 1_000_000);
    }
  }
}
