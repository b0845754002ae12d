package dev.kvasir.cache.grid;

import com.hazelcast.client.impl.clientside.DefaultClientExtension;
import com.hazelcast.config.SocketInterceptorConfig;
import com.hazelcast.nio.SocketInterceptor;
import org.jspecify.annotations.Nullable;

/**
 * What is ours in Hazelcast's client: sockets that prove the secret. Hazelcast's service loader
 * makes it, by {@code META-INF/services}, where editions differ; see {@link AuthenticatingNode}.
 */
public final class AuthenticatingClient extends DefaultClientExtension {
  @Override
  public @Nullable SocketInterceptor createSocketInterceptor(
      @Nullable SocketInterceptorConfig config) {
    return config != null && config.getImplementation() instanceof ClientGuard guard ? guard : null;
  }
}
