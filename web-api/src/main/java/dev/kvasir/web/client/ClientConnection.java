package dev.kvasir.web.client;

import dev.kvasir.web.client.OpenConnections.Connection;

/** The connection on which a request came, asked whether its client is still there. */
public final class ClientConnection {
  private final ConnectionWatch watch;
  private final Connection connection;

  /** Whether the kernel listed it: what it does not list at first, it cannot miss later. */
  private final boolean listed;

  ClientConnection(ConnectionWatch watch, Connection connection) {
    this.watch = watch;
    this.connection = connection;
    listed = watch.wasOpen(connection) || watch.isOpenNow(connection);
  }

  /**
   * False once the client has closed it, for at most a second later than that; true where it cannot
   * be known: through HTTP/2, whose connection outlives a request, and where there is no table.
   */
  public boolean isOpen() {
    return !listed || watch.wasOpen(connection);
  }
}
