package dev.kvasir.cache.grid;

import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.config.ClientConnectionStrategyConfig.ReconnectMode;
import com.hazelcast.client.config.ClientNetworkConfig;
import com.hazelcast.config.SocketInterceptorConfig;

/** Our configuration of Hazelcast's client. */
final class ClientSettings {
  private static final int FIRST_BACKOFF_MILLIS = 500;
  private static final int MAX_BACKOFF_MILLIS = 2_000;
  private static final int CONNECT_TIMEOUT_MILLIS = 3_000;

  private ClientSettings() {}

  static ClientConfig of(GridConfig grid, SecretHandshake handshake) {
    ClientConfig config = new ClientConfig();
    config.setClusterName(HazelcastSettings.CLUSTER_NAME);
    config.addLabel(Clients.label(grid.node()));
    config.setClassLoader(ClientSettings.class.getClassLoader());
    config.getMetricsConfig().setEnabled(false);
    Serializers.register(config.getSerializationConfig());
    setProperties(config);
    ClientNetworkConfig network = config.getNetworkConfig();
    grid.network().join().forEach(network::addAddress);
    network.setConnectionTimeout(CONNECT_TIMEOUT_MILLIS);
    network.setSocketInterceptorConfig(
        new SocketInterceptorConfig()
            .setEnabled(true)
            .setImplementation(new ClientGuard(handshake)));
    // connects in its own time, and for ever: what is asked meanwhile fails at once
    config.getConnectionStrategyConfig().setAsyncStart(true).setReconnectMode(ReconnectMode.ASYNC);
    config
        .getConnectionStrategyConfig()
        .getConnectionRetryConfig()
        .setInitialBackoffMillis(FIRST_BACKOFF_MILLIS)
        .setMaxBackoffMillis(MAX_BACKOFF_MILLIS)
        .setClusterConnectTimeoutMillis(-1);
    config.addNearCacheConfig(HazelcastSettings.nearCache(grid.near()));
    return config;
  }

  private static void setProperties(ClientConfig config) {
    config.setProperty("hazelcast.logging.type", "jdk");
    // a killed member's connection breaks at once; a hung one is given up after 15 s
    config.setProperty("hazelcast.client.heartbeat.interval", "1000");
    config.setProperty("hazelcast.client.heartbeat.timeout", "15000");
    config.setProperty("hazelcast.client.invocation.timeout.seconds", "10");
    config.setProperty("hazelcast.client.shuffle.member.list", "false");
  }
}
