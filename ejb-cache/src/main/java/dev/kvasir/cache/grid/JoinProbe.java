package dev.kvasir.cache.grid;

import dev.kvasir.cache.grid.SecretHandshake.RefusedException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;

/** Asks the members that this node is to join whether they would have it, before it starts. */
final class JoinProbe {
  private static final System.Logger LOG = System.getLogger(JoinProbe.class.getName());
  private static final int CONNECT_TIMEOUT_MILLIS = 2_000;

  private final SecretHandshake handshake;

  JoinProbe(SecretHandshake handshake) {
    this.handshake = handshake;
  }

  /**
   * Asks all.
   *
   * @param members {@code host:port} each
   * @return how many would have it; those that cannot be reached are only logged
   * @throws GridException if one can be reached and would not
   */
  int countWilling(List<String> members) {
    int willing = 0;
    for (String member : members) {
      if (isWilling(member)) {
        willing++;
      }
    }
    return willing;
  }

  private boolean isWilling(String member) {
    try (Socket socket = new Socket()) {
      socket.connect(address(member), CONNECT_TIMEOUT_MILLIS);
      handshake.greet(socket);
      return true;
    } catch (RefusedException e) {
      throw new GridException(
          "the member at %s refused this node: %s; give this node the file cluster.secret of that cluster, or join another"
              .formatted(member, e.getMessage()),
          e);
    } catch (ConnectException
        | NoRouteToHostException
        | SocketTimeoutException
        | UnknownHostException e) {
      LOG.log(Level.INFO, "cannot reach {0}: {1}", member, e);
      return false;
    } catch (IOException e) {
      throw new GridException(
          "%s answers, but not as a Kvasir member (%s); join the cluster port of a running node"
              .formatted(member, e.getMessage()),
          e);
    }
  }

  private static InetSocketAddress address(String member) {
    int colon = member.lastIndexOf(':');
    return new InetSocketAddress(
        member.substring(0, colon), Integer.parseInt(member.substring(colon + 1)));
  }
}
