package dev.kvasir.cache;

/**
 * A node that is a client of the grid.
 *
 * @param name of the node
 * @param address {@code host:port} from which it is connected
 * @param report what it says of itself
 */
public record ClientInfo(String name, String address, NodeReport report) {
  /** One that has not been asked. */
  public ClientInfo(String name, String address) {
    this(name, address, NodeReport.SILENT);
  }

  /** The same, with what it says of itself. */
  public ClientInfo with(NodeReport newReport) {
    return new ClientInfo(name, address, newReport);
  }
}
