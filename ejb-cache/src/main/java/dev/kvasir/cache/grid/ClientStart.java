package dev.kvasir.cache.grid;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.ListenerConfig;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.core.LifecycleListener;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Connects to a grid of others as its client, or says in one line why not. */
final class ClientStart {
  /**
   * Held, since loggers that nobody holds forget their level. This one would say every two seconds
   * what {@link ClientConnection} says once.
   */
  private static final Logger CONNECTION_LOG =
      Logger.getLogger("com.hazelcast.client.impl.connection.ClientConnectionManager");

  private static final int CONNECT_SECONDS = 10;

  private ClientStart() {}

  /**
   * Connects.
   *
   * @throws UnreachableException if none of the members can be reached
   * @throws GridException if one can be reached, and refuses this node
   */
  static HazelcastInstance start(GridConfig config) {
    CONNECTION_LOG.setLevel(Level.SEVERE);
    // a client listens nowhere: no address for members to look for it
    SecretHandshake handshake =
        new SecretHandshake(config.secret(), new SecretHandshake.Peer(config.node(), ""));
    if (new JoinProbe(handshake).countWilling(config.network().join()) == 0) {
      throw new UnreachableException(
          "none of %s can be reached".formatted(config.network().join()));
    }
    CountDownLatch connected = new CountDownLatch(1);
    ClientConfig client = ClientSettings.of(config, handshake);
    LifecycleListener listener =
        event -> {
          if (event.getState() == LifecycleState.CLIENT_CONNECTED) {
            connected.countDown();
          }
        };
    client.addListenerConfig(new ListenerConfig(listener));
    HazelcastInstance hazelcast = start(client);
    if (isInTime(connected)) {
      return hazelcast;
    }
    hazelcast.shutdown();
    throw new UnreachableException(
        "%s answers, but did not let this node in within %d s; see its log"
            .formatted(config.network().join(), CONNECT_SECONDS));
  }

  private static HazelcastInstance start(ClientConfig config) {
    try {
      return HazelcastClient.newHazelcastClient(config);
    } catch (HazelcastException | IllegalStateException e) {
      throw new GridException("the client of the grid did not start: " + e.getMessage(), e);
    }
  }

  private static boolean isInTime(CountDownLatch connected) {
    try {
      return connected.await(CONNECT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The members are not there now, and may come. */
  static final class UnreachableException extends GridException {
    private static final long serialVersionUID = 1L;

    UnreachableException(String message) {
      super(message);
    }
  }

  /** The members let this node in, and failed, or went, before it was ready; they may do better. */
  static final class UnusableException extends GridException {
    private static final long serialVersionUID = 1L;

    UnusableException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
