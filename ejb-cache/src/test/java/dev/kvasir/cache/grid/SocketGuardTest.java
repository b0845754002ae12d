package dev.kvasir.cache.grid;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.grid.SecretHandshake.Peer;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

final class SocketGuardTest {
  private final SocketGuard guard =
      new SocketGuard(
          new SecretHandshake("secret", new Peer("a", "127.0.0.1:5701")), address -> {});

  /** As a node finds it that has just started: who knocked while it did is gone. */
  @Test
  void onAccept_nodeIsGoneAgain_isNoRefusal() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        TestingLog log = new TestingLog(SocketGuard.class)) {
      greetAndLeave(server.getLocalPort());

      try (Socket accepted = server.accept()) {
        assertThrows(IOException.class, () -> guard.onAccept(accepted));
      }

      assertTrue(log.contains("node b at 127.0.0.1:5702 was gone before"), log::toString);
      assertFalse(log.contains("KVASIR3001"), log::toString);
    }
  }

  private static void greetAndLeave(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        DataOutputStream out = new DataOutputStream(socket.getOutputStream())) {
      out.writeInt(SecretHandshake.MAGIC);
      out.write(new byte[SecretHandshake.NONCE_BYTES]);
      out.writeUTF("b");
      out.writeUTF("127.0.0.1:5702");
    }
  }
}
