package dev.kvasir.cache.grid;

import dev.kvasir.cache.ClientInfo;
import java.util.List;
import java.util.UUID;

/**
 * A node that is a client of the grid.
 *
 * @param id of its connections
 * @param info what administrators see of it
 */
record ClientNode(UUID id, ClientInfo info) {
  /** What a member answers when it is asked who is connected to it. */
  record Connected(List<ClientNode> clients) {
    Connected {
      clients = List.copyOf(clients);
    }
  }
}
