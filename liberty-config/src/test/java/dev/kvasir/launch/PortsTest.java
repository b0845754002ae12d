package dev.kvasir.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kvasir.launch.NodeOptions.Network;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

final class PortsTest {
  @Test
  void check_portTaken_namedWithItsOption() throws IOException {
    int free = freePort();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Network network = new Network("127.0.0.1", free, taken.getLocalPort(), free, "", "");

      LaunchException refused = assertThrows(LaunchException.class, () -> Ports.check(network));

      assertEquals(
          "cannot listen on 127.0.0.1:%d (the port is in use); choose another with --https-port"
              .formatted(taken.getLocalPort()),
          refused.getMessage());
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
