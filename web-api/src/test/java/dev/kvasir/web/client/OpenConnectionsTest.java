package dev.kvasir.web.client;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.web.client.OpenConnections.Connection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
final class OpenConnectionsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Test
  void now_clientClosesOrResets_noLongerListed() throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      assertSeen(server, false);
      assertSeen(server, true);
    }
  }

  private static void assertSeen(ServerSocketChannel server, boolean reset) throws IOException {
    SocketChannel client = SocketChannel.open(server.getLocalAddress());
    try (SocketChannel accepted = server.accept()) {
      client.socket().setSoLinger(reset, 0);
      Connection connection =
          new Connection(
              accepted.socket().getLocalPort(), (InetSocketAddress) accepted.getRemoteAddress());
      assertTrue(OpenConnections.now().all().contains(connection));

      client.close();

      assertTimeoutPreemptively(PATIENCE, () -> awaitGone(connection));
    }
  }

  private static void awaitGone(Connection connection) {
    while (OpenConnections.now().all().contains(connection)) {
      Thread.onSpinWait();
    }
  }
}
