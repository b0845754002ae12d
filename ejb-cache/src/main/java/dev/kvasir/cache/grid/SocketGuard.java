package dev.kvasir.cache.grid;

import com.hazelcast.nio.MemberSocketInterceptor;
import dev.kvasir.cache.grid.SecretHandshake.GoneException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.util.Properties;
import java.util.function.Consumer;

/** Lets only nodes with the cluster's secret through, on each connection of the grid, both ways. */
final class SocketGuard implements MemberSocketInterceptor {
  private static final System.Logger LOG = System.getLogger(SocketGuard.class.getName());

  private final SecretHandshake handshake;
  private final Consumer<String> admitted;

  /**
   * A guard.
   *
   * @param admitted hears the {@code host:port} of each node that was let in
   */
  SocketGuard(SecretHandshake handshake, Consumer<String> admitted) {
    this.handshake = handshake;
    this.admitted = admitted;
  }

  @Override
  public void init(Properties properties) {
    // nothing to read: the secret came by the constructor
  }

  @Override
  public void onConnect(Socket socket) throws IOException {
    handshake.greet(socket);
  }

  @Override
  public void onAccept(Socket socket) throws IOException {
    try {
      admitted.accept(handshake.admit(socket).address());
    } catch (GoneException e) {
      LOG.log(Level.INFO, "{0}; it tries again", e.getMessage());
      throw e;
    } catch (IOException e) {
      LOG.log(
          Level.WARNING,
          "KVASIR3001: refused a connection from {0}: {1}",
          socket.getRemoteSocketAddress(),
          e.getMessage() == null ? "it said nothing" : e.getMessage());
      throw e;
    }
  }
}
