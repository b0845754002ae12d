package dev.kvasir.web.completion;

import dev.kvasir.completion.TokenSink;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.web.client.ClientConnection;

/**
 * Who gets the whole answer at its end, if he still is there.
 *
 * @param connection his
 */
record WaitingClient(ClientConnection connection) implements TokenSink {
  @Override
  public boolean accept(GeneratedToken token) {
    return connection.isOpen();
  }

  @Override
  public boolean isWanted() {
    return connection.isOpen();
  }
}
