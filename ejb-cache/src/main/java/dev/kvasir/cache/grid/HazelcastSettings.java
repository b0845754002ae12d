package dev.kvasir.cache.grid;

import com.hazelcast.config.Config;
import com.hazelcast.config.EvictionConfig;
import com.hazelcast.config.EvictionPolicy;
import com.hazelcast.config.ExecutorConfig;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.KubernetesConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MaxSizePolicy;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.config.NearCacheConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.config.SocketInterceptorConfig;
import com.hazelcast.spi.merge.PutIfAbsentMergePolicy;

/** Our configuration of Hazelcast. */
final class HazelcastSettings {
  static final String BLOCKS = "kv-blocks";
  static final String INDEX = "kv-index";
  static final String META = "kv-meta";
  static final String FLIGHTS = "kv-flights";
  static final String TENANTS = "kv-tenants";
  static final String TOUCHES = "kv-touches";
  static final String AUDIT = "kv-audit";
  static final String MEMBER_CALLS = "kv-calls";
  static final String DISK_NEWS = "kv-disks";
  static final String DISK_READS = "kv-disk-reads";
  static final String INBOX = "kv-inbox-";
  static final String NODE_ATTRIBUTE = "kvasir.node";

  static final String CLUSTER_NAME = "kvasir";
  private static final int JOIN_TIMEOUT_SECONDS = 3;
  private static final int DISK_READERS = 8; // for other members
  private static final int DISK_READS_WAITING = 1_024;
  private static final int MERGE_CHECK_SECONDS = 2;
  private static final String MERGE_POLICY = PutIfAbsentMergePolicy.class.getName();

  private HazelcastSettings() {}

  static Config of(GridConfig grid) {
    Config config = new Config();
    config.setClusterName(CLUSTER_NAME);
    config.setLiteMember(grid.network().role() == GridConfig.Role.LITE);
    config.setClassLoader(HazelcastSettings.class.getClassLoader());
    config.getMemberAttributeConfig().setAttribute(NODE_ATTRIBUTE, grid.node());
    config.getMetricsConfig().setEnabled(false);
    config.getJetConfig().setEnabled(false);
    Serializers.register(config.getSerializationConfig());
    setProperties(config);
    setNetwork(config.getNetworkConfig(), grid.network());
    config.addExecutorConfig(
        new ExecutorConfig(DISK_READS, DISK_READERS).setQueueCapacity(DISK_READS_WAITING));
    config.addMapConfig(blocks(grid.near()));
    config.addMapConfig(map(INDEX, 1));
    config.addMapConfig(map(META, 1));
    config.addMapConfig(map(FLIGHTS, 0)); // worth less than a backup
    config.addMapConfig(map(TENANTS, 1));
    return config;
  }

  /**
   * A map that is merged, after a split, by adding what the other half does not have. Blocks and
   * their entries are equal wherever they are; of settings, tenants and keys each member then
   * offers what it knows to be later.
   */
  private static MapConfig map(String name, int backups) {
    MergePolicyConfig addMissing = new MergePolicyConfig().setPolicy(MERGE_POLICY);
    return new MapConfig(name).setBackupCount(backups).setMergePolicyConfig(addMissing);
  }

  private static void setProperties(Config config) {
    config.setProperty("hazelcast.logging.type", "jdk");
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.shutdownhook.enabled", "false");
    // batched invalidations came up to 10 s late
    config.setProperty("hazelcast.map.invalidation.batch.enabled", "false");
    // a killed member's connection breaks at once; a hung one is given up after 15 s
    config.setProperty("hazelcast.heartbeat.interval.seconds", "1");
    config.setProperty("hazelcast.max.no.heartbeat.seconds", "15");
    config.setProperty("hazelcast.operation.call.timeout.millis", "10000");
    config.setProperty("hazelcast.operation.backup.timeout.millis", "2000");
    config.setProperty("hazelcast.graceful.shutdown.max.wait", "10");
    // listen and connect at the given address only; Hazelcast's default is all of them
    config.setProperty("hazelcast.socket.bind.any", "false");
    // blocks are large: 128 KiB, the default, costs some 10% of a remote fetch
    config.setProperty("hazelcast.socket.receive.buffer.size", "1024");
    config.setProperty("hazelcast.socket.send.buffer.size", "1024");
    // be found and find within seconds, whoever starts first
    config.setProperty("hazelcast.wait.seconds.before.join", "0");
    config.setProperty("hazelcast.max.join.seconds", "10");
    config.setProperty("hazelcast.socket.connect.timeout.seconds", "3");
    config.setProperty(
        "hazelcast.merge.first.run.delay.seconds", Integer.toString(MERGE_CHECK_SECONDS));
    config.setProperty(
        "hazelcast.merge.next.run.delay.seconds", Integer.toString(MERGE_CHECK_SECONDS));
  }

  private static void setNetwork(NetworkConfig config, GridConfig.Network network) {
    config.setPort(network.port()).setPortAutoIncrement(false).setReuseAddress(true);
    config.getInterfaces().setEnabled(true).addInterface(network.bind());
    JoinConfig join = config.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setConnectionTimeoutSeconds(JOIN_TIMEOUT_SECONDS);
    config.setSocketInterceptorConfig(new SocketInterceptorConfig().setEnabled(true));
    network.join().forEach(join.getTcpIpConfig()::addMember);
    // Only one may be enabled; the joiner asks both (SeekingJoiner).
    join.getTcpIpConfig().setEnabled(network.service().isEmpty());
    if (!network.service().isEmpty()) {
      discover(join.getKubernetesConfig(), network.service());
    }
  }

  /** By DNS, which needs no right to ask Kubernetes' API. */
  private static void discover(KubernetesConfig kubernetes, String service) {
    int colon = service.lastIndexOf(':');
    kubernetes
        .setEnabled(true)
        .setProperty("service-dns", service.substring(0, colon))
        .setProperty("service-port", service.substring(colon + 1));
  }

  /** Bytes as they are, one backup; our own policy evicts, since Hazelcast's knows no leaves. */
  private static MapConfig blocks(GridConfig.Near near) {
    NearCacheConfig nearCache = nearCache(near).setCacheLocalEntries(true);
    return map(BLOCKS, 1).setInMemoryFormat(InMemoryFormat.BINARY).setNearCacheConfig(nearCache);
  }

  /** Of the map of blocks, on members and clients. */
  static NearCacheConfig nearCache(GridConfig.Near near) {
    return new NearCacheConfig(BLOCKS)
        .setInMemoryFormat(InMemoryFormat.OBJECT)
        .setInvalidateOnChange(true)
        .setEvictionConfig(
            new EvictionConfig()
                .setEvictionPolicy(EvictionPolicy.LRU)
                .setMaxSizePolicy(MaxSizePolicy.ENTRY_COUNT)
                .setSize(near.capacity()));
  }
}
