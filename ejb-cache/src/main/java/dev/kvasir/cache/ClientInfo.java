package dev.kvasir.cache;

/**
 * A node that is a client of the grid.
 *
 * @param name of the node
 * @param address {@code host:port} from which it is connected
 */
public record ClientInfo(String name, String address) {}
