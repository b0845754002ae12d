package dev.kvasir.cache.grid;

import com.hazelcast.cluster.Address;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.internal.cluster.impl.TcpIpJoiner;
import com.hazelcast.spi.discovery.DiscoveryNode;
import java.lang.System.Logger.Level;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Looks for the cluster at the addresses that this node was given, at those of the service that it
 * was given, and at those of nodes that looked for this one: of two lonely clusters either may have
 * to move, and only one knows the other's address from its command line.
 */
final class SeekingJoiner extends TcpIpJoiner {
  private static final System.Logger LOG = System.getLogger(SeekingJoiner.class.getName());

  SeekingJoiner(Node node) {
    super(node);
  }

  /** Those given, those remembered, and those that a service names now. */
  @Override
  protected Collection<Address> getPossibleAddresses() {
    Set<Address> addresses = new LinkedHashSet<>(super.getPossibleAddresses());
    for (DiscoveryNode found : node.getDiscoveryService().discoverNodes()) {
      addresses.add(found.getPrivateAddress());
    }
    addresses.remove(node.getThisAddress());
    return addresses;
  }

  /** Remembers where another node listens, {@code host:port}. */
  void remember(String address) {
    int colon = address.lastIndexOf(':');
    try {
      addTemporaryMemberAddress(
          new Address(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))));
    } catch (UnknownHostException e) {
      LOG.log(
          Level.WARNING,
          "KVASIR3002: node at {0} connected, but its address is unknown here",
          address);
    }
  }
}
