package dev.kvasir.cache.grid;

import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.DefaultNodeContext;
import com.hazelcast.instance.impl.DefaultNodeExtension;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.instance.impl.NodeExtension;
import com.hazelcast.internal.cluster.Joiner;
import com.hazelcast.nio.MemberSocketInterceptor;
import org.jspecify.annotations.Nullable;

/**
 * Parts of a Hazelcast node that are ours: sockets that ask for the secret, a joiner that seeks.
 */
final class AuthenticatingNode extends DefaultNodeContext {
  /*
   * Open-source Hazelcast has the call sites for socket interceptors but hands out none, and
   * knows no other authentication of members than the cluster's name, sent in clear. Its node
   * context is internal, but public and the place where editions differ: small and stable.
   */

  private final SocketGuard guard;
  private volatile @Nullable SeekingJoiner joiner;

  AuthenticatingNode(SecretHandshake handshake) {
    this.guard = new SocketGuard(handshake, this::remember);
  }

  @Override
  public NodeExtension createNodeExtension(Node node) {
    return new DefaultNodeExtension(node) {
      @Override
      public MemberSocketInterceptor getSocketInterceptor(EndpointQualifier endpoint) {
        return guard;
      }
    };
  }

  @Override
  public Joiner createJoiner(Node node) {
    SeekingJoiner created = new SeekingJoiner(node);
    joiner = created;
    return created;
  }

  private void remember(String address) {
    SeekingJoiner current = joiner;
    if (current != null && !address.isEmpty()) { // a client listens nowhere
      current.remember(address);
    }
  }
}
