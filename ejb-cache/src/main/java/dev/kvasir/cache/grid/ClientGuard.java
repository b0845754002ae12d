package dev.kvasir.cache.grid;

import com.hazelcast.nio.SocketInterceptor;
import java.io.IOException;
import java.net.Socket;
import java.util.Properties;

/** A client's side of {@link SocketGuard}. */
record ClientGuard(SecretHandshake handshake) implements SocketInterceptor {
  @Override
  public void init(Properties properties) {
    // nothing to read: the secret came by the constructor
  }

  @Override
  public void onConnect(Socket socket) throws IOException {
    handshake.greet(socket);
  }
}
