package dev.kvasir.cache.grid;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleListener;
import java.lang.System.Logger.Level;
import java.util.UUID;

/**
 * Whether this node is connected to its grid now. A member always is; a client loses it with the
 * last member that it can reach, and Hazelcast connects it again by itself.
 */
final class ClientConnection implements LifecycleListener {
  private static final System.Logger LOG = System.getLogger(ClientConnection.class.getName());

  private volatile boolean lost;
  private volatile boolean leaving;

  ClientConnection(HazelcastInstance hazelcast) {
    UUID unused = hazelcast.getLifecycleService().addLifecycleListener(this);
  }

  boolean isLost() {
    return lost;
  }

  /** Before the node leaves on its own account, of which nothing is to be said. */
  void leave() {
    leaving = true;
  }

  @Override
  public void stateChanged(LifecycleEvent event) {
    switch (event.getState()) {
      case CLIENT_DISCONNECTED -> {
        lost = true;
        if (!leaving) {
          LOG.log(
              Level.WARNING,
              "KVASIR3012: no member of the grid can be reached any more; this node serves without"
                  + " the shared cache, and connects when one comes back");
        }
      }
      case CLIENT_CONNECTED -> {
        if (lost) {
          LOG.log(Level.INFO, "connected to the grid again");
        }
        lost = false;
      }
      default -> {
        // of members
      }
    }
  }
}
