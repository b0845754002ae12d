package dev.kvasir.launch;

import dev.kvasir.launch.NodeOptions.Network;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** Whether a node can listen where it wants to. */
final class Ports {
  private Ports() {}

  /**
   * Tries each port.
   *
   * @throws LaunchException naming the first that is taken, and the option that chooses another
   */
  static void check(Network network) {
    InetAddress address = resolve(network.bind());
    check(address, network.httpPort(), "--port");
    check(address, network.httpsPort(), "--https-port");
    if (network.gridMembers().isEmpty()) {
      check(address, network.clusterPort(), "--cluster-port");
    }
  }

  private static InetAddress resolve(String bind) {
    try {
      return InetAddress.getByName(bind);
    } catch (UnknownHostException e) {
      throw new LaunchException("--bind is '%s', but no such host is known".formatted(bind), e);
    }
  }

  private static void check(InetAddress address, int port, String option) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address, port));
    } catch (BindException e) {
      throw new LaunchException(
          "cannot listen on %s:%d (%s); choose another with %s"
              .formatted(address.getHostAddress(), port, reason(e), option),
          e);
    } catch (IOException e) {
      throw new LaunchException(
          "cannot listen on %s:%d: %s".formatted(address.getHostAddress(), port, e.getMessage()),
          e);
    }
  }

  private static String reason(BindException e) {
    String message = String.valueOf(e.getMessage());
    return message.startsWith("Address already in use") ? "the port is in use" : message;
  }
}
