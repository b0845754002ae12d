package dev.kvasir.cache.ejb;

import dev.kvasir.cache.AdmissionKind;
import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.HttpsOnly;
import dev.kvasir.cache.Lifetime;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.cache.ShadowPolicy;
import dev.kvasir.cache.TunedPolicy;
import dev.kvasir.cache.accesslog.AccessLogRules;
import dev.kvasir.cache.alerts.AlertRules;
import dev.kvasir.cache.grid.GridConfig;
import dev.kvasir.cache.metrics.RegistryMetrics;
import dev.kvasir.cache.policy.RecomputeCost;
import dev.kvasir.cache.queue.QueueRules;
import dev.kvasir.cache.route.RouteMode;
import dev.kvasir.cache.route.RouteRules;
import dev.kvasir.completion.SharingScope;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a node is started with.
 *
 * @param node its name
 * @param data folder where it keeps its things
 * @param bind address for the grid
 * @param clusterPort port of the grid
 * @param join {@code host:port} of nodes to join
 * @param service {@code host:port} whose addresses are those of nodes to join; empty for none
 * @param gridMembers {@code host:port} of the members that this node is a client of; empty if it is
 *     a member itself
 * @param secretFile file whose text all nodes share
 * @param scope widest among whom this node shares blocks
 * @param settings of the cluster, if this node is its first
 * @param nearBytes for the near cache
 * @param publishQueueBlocks most blocks that wait to be published
 * @param recomputeCheckPercent of the loads whose recompute estimate is checked
 * @param disk for blocks
 * @param queue before the decode slots
 * @param routes to other nodes
 * @param accessLog of requests
 * @param tracesDisabled value of {@link Tracing#DISABLED}
 */
record NodeConfig(
    String node,
    Path data,
    String bind,
    int clusterPort,
    List<String> join,
    String service,
    List<String> gridMembers,
    Path secretFile,
    SharingScope scope,
    CacheSettings settings,
    long nearBytes,
    int publishQueueBlocks,
    int recomputeCheckPercent,
    DiskConfig disk,
    QueueRules queue,
    RouteRules routes,
    AccessLogRules accessLog,
    String tracesDisabled) {
  NodeConfig {
    join = List.copyOf(join);
    gridMembers = List.copyOf(gridMembers);
  }

  static final String AUDIT_EVENTS = "kvasir.audit.events";
  static final String LOGIN_FAILURES = "kvasir.login.failures";

  static final String ALERT_RULES = "kvasir.alert.rules";
  static final String ALERT_WEBHOOK = "kvasir.alert.webhook";

  private static final String POWER_WATTS = "kvasir.power.watts";
  private static final String PRICE_CENTS = "kvasir.price.cents.per.kwh";

  private static final int MAX_QUEUE_MILLIS = 3_600_000;

  /** All keys, with their defaults. */
  static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("kvasir.node", "kvasir"),
          Map.entry("kvasir.data", "data"),
          Map.entry("kvasir.bind", "127.0.0.1"),
          Map.entry("kvasir.cluster.port", "5701"),
          Map.entry("kvasir.cluster.join", ""),
          Map.entry("kvasir.cluster.kubernetes.service", ""),
          Map.entry("kvasir.grid.client", ""),
          Map.entry("kvasir.cluster.secret.file", ""),
          Map.entry("kvasir.scope", "global"),
          Map.entry("kvasir.load", "auto"),
          Map.entry("kvasir.cache.eviction", "reuse"),
          Map.entry("kvasir.cache.admission", "always"),
          Map.entry("kvasir.cache.ttl.seconds", "0"),
          Map.entry("kvasir.cache.idle.seconds", "0"),
          Map.entry("kvasir.cache.evict.start.percent", "90"),
          Map.entry("kvasir.cache.evict.stop.percent", "85"),
          Map.entry("kvasir.cache.budget.mib", "1024"),
          Map.entry("kvasir.cache.near.mib", "256"),
          Map.entry("kvasir.grid.deadline.millis", "250"),
          Map.entry("kvasir.publish.queue.blocks", "4096"),
          Map.entry("kvasir.recompute.check.percent", "2"),
          Map.entry("kvasir.disk.mib", "4096"),
          Map.entry("kvasir.disk.eviction", "reuse"),
          Map.entry("kvasir.disk.encrypt", "false"),
          Map.entry("kvasir.shadow.policies", ""),
          Map.entry("kvasir.slots", "16"),
          Map.entry("kvasir.queue.length", "128"),
          Map.entry("kvasir.queue.wait.millis", "30000"),
          Map.entry("kvasir.queue.aging.millis", "5000"),
          Map.entry("kvasir.queue.quantum.tokens", "1024"),
          Map.entry("kvasir.route", "none"),
          Map.entry("kvasir.route.url", ""),
          Map.entry("kvasir.route.min.blocks", "4"),
          Map.entry("kvasir.http.port", "9080"),
          Map.entry(AUDIT_EVENTS, "100000"),
          Map.entry(LOGIN_FAILURES, "30"),
          Map.entry("kvasir.key.requests.per.minute", "0"),
          Map.entry("kvasir.key.tokens.per.minute", "0"),
          Map.entry(ALERT_RULES, ""),
          Map.entry(ALERT_WEBHOOK, ""),
          Map.entry(POWER_WATTS, "150"),
          Map.entry(PRICE_CENTS, "30"),
          Map.entry("kvasir.http.body.seconds", "60"),
          Map.entry("kvasir.http.anonymous", "auto"),
          Map.entry(HttpsOnly.KEY, HttpsOnly.DEFAULT),
          Map.entry("kvasir.access.log", "off"),
          Map.entry("kvasir.access.log.file.mib", "16"),
          Map.entry("kvasir.access.log.files", "8"),
          Map.entry(Tracing.DISABLED, "true"),
          Map.entry("kvasir.http.max.completions", "160"),
          Map.entry("kvasir.http.max.body.bytes", "8388608"));

  /**
   * Reads and checks all values.
   *
   * @throws IllegalArgumentException if some are bad; names each of them
   */
  static NodeConfig read(ConfigValues values) {
    return read(values, NodeConfig::checkHttp);
  }

  /** The same of a member without server: what others read in one is not looked at. */
  static NodeConfig readMember(ConfigValues values) {
    return read(values, nothing -> {});
  }

  private static NodeConfig read(ConfigValues values, Consumer<ConfigValues> others) {
    Path data = Path.of(values.text("kvasir.data"));
    String secretFile = values.text("kvasir.cluster.secret.file");
    long budgetBytes = values.mebibytes("kvasir.cache.budget.mib");
    int deadlineMillis = values.number("kvasir.grid.deadline.millis", 1, 60_000);
    EvictionKind eviction = values.choice("kvasir.cache.eviction", EvictionKind.class);
    int startPercent = values.number("kvasir.cache.evict.start.percent", 1, 100);
    int stopPercent = values.number("kvasir.cache.evict.stop.percent", 1, startPercent);
    SharingScope scope = values.parsed("kvasir.scope", SharingScope::named, SharingScope.GLOBAL);
    LoadRule load = values.choice("kvasir.load", LoadRule.class);
    AdmissionKind admission = values.choice("kvasir.cache.admission", AdmissionKind.class);
    Lifetime lifetime =
        new Lifetime(
            values.number("kvasir.cache.ttl.seconds", 0, Lifetime.MAX_SECONDS),
            values.number("kvasir.cache.idle.seconds", 0, Lifetime.MAX_SECONDS));
    List<ShadowPolicy> shadows =
        values.parsed("kvasir.shadow.policies", NodeConfig::shadows, List.of());
    String node = values.word("kvasir.node");
    String bind = values.word("kvasir.bind");
    int clusterPort = values.number("kvasir.cluster.port", 1, 65_535);
    List<String> join = values.addresses("kvasir.cluster.join");
    String service = values.address("kvasir.cluster.kubernetes.service");
    List<String> gridMembers = gridMembers(values, join, service);
    long nearBytes = values.mebibytes("kvasir.cache.near.mib");
    int queueBlocks = values.number("kvasir.publish.queue.blocks", 1, 1_000_000);
    int checkPercent = values.number("kvasir.recompute.check.percent", 0, 100);
    DiskConfig disk = DiskConfig.read(values, data.resolve("disk"));
    QueueRules queue = queue(values);
    RouteRules routes = routes(values, bind);
    AccessLogRules accessLog = accessLog(values, data);
    others.accept(values);
    values.throwIfBad();
    return new NodeConfig(
        node,
        data,
        bind,
        clusterPort,
        join,
        service,
        gridMembers,
        secretFile.isEmpty() ? data.resolve("cluster.secret") : Path.of(secretFile),
        scope,
        new CacheSettings(
            TunedPolicy.of(eviction),
            new CacheSettings.Room(budgetBytes, startPercent, stopPercent),
            admission,
            new CacheSettings.Loading(load, deadlineMillis),
            lifetime,
            shadows),
        nearBytes,
        queueBlocks,
        checkPercent,
        disk,
        queue,
        routes,
        accessLog,
        values.text(Tracing.DISABLED));
  }

  /**
   * Of this node's part in the grid.
   *
   * @param blockBytes size of the largest block
   * @param cost of blocks, as the node's model has it
   */
  GridConfig grid(String secret, int blockBytes, RecomputeCost cost) {
    return new GridConfig(
        node,
        gridMembers.isEmpty()
            ? new GridConfig.Network(bind, clusterPort, join, GridConfig.Role.MEMBER, service)
            : GridConfig.Network.client(gridMembers),
        secret,
        settings,
        new GridConfig.Near(nearBytes, blockBytes),
        GridConfig.RECONCILE_EVERY,
        cost);
  }

  private static List<String> gridMembers(ConfigValues values, List<String> join, String service) {
    List<String> members = values.addresses("kvasir.grid.client");
    if (!(join.isEmpty() && service.isEmpty()) && !members.isEmpty()) {
      values.complain(
          "kvasir.grid.client is set beside kvasir.cluster.join or kvasir.cluster.kubernetes.service,"
              + " but a node is either a member of its grid or a client; leave one of them empty");
    }
    return members;
  }

  private static List<ShadowPolicy> shadows(String text) {
    List<ShadowPolicy> shadows = ShadowPolicy.parseAll(text);
    if (shadows.size() > ShadowPolicy.MAX_SHADOWS) {
      throw new IllegalArgumentException(
          "there can be %d at most".formatted(ShadowPolicy.MAX_SHADOWS));
    }
    return shadows;
  }

  /** What others read by themselves: so that one line tells all that is bad. */
  private static void checkHttp(ConfigValues values) {
    values.parsed(
        ALERT_RULES, text -> AlertRules.parse(List.of(text), RegistryMetrics::isMetric), List.of());
    values.parsed(ALERT_WEBHOOK, Webhook::check, "");
    values.number(POWER_WATTS, 0, 1_000_000);
    values.number(PRICE_CENTS, 0, 1_000_000);
    values.number(AUDIT_EVENTS, 100, 10_000_000);
    values.number(LOGIN_FAILURES, 1, 1_000_000);
    values.number("kvasir.key.requests.per.minute", 0, 1_000_000_000);
    values.number("kvasir.key.tokens.per.minute", 0, 1_000_000_000);
    values.number("kvasir.http.body.seconds", 1, 3_600);
    values.choice("kvasir.http.anonymous", Anonymous.class);
    values.choice(HttpsOnly.KEY, HttpsOnly.class);
    values.number("kvasir.http.max.completions", 1, 10_000);
    values.number("kvasir.http.max.body.bytes", 1 << 10, 1 << 30);
  }

  private static QueueRules queue(ConfigValues values) {
    return new QueueRules(
        values.number("kvasir.slots", 1, 100_000),
        values.number("kvasir.queue.length", 1, 100_000),
        values.millis("kvasir.queue.wait.millis", MAX_QUEUE_MILLIS),
        values.millis("kvasir.queue.aging.millis", MAX_QUEUE_MILLIS),
        values.number("kvasir.queue.quantum.tokens", 1, 1_000_000));
  }

  private static RouteRules routes(ConfigValues values, String bind) {
    int port = values.number("kvasir.http.port", 1, 65_535);
    String url = values.parsed("kvasir.route.url", Webhook::check, "").replaceFirst("/+$", "");
    String host = bind.contains(":") ? "[" + bind + "]" : bind;
    return new RouteRules(
        values.choice("kvasir.route", RouteMode.class),
        url.isEmpty() ? "http://%s:%d".formatted(host, port) : url,
        values.number("kvasir.route.min.blocks", 1, 1_000));
  }

  private static AccessLogRules accessLog(ConfigValues values, Path data) {
    return new AccessLogRules(
        values.choice("kvasir.access.log", Switch.class) == Switch.ON,
        data.resolve("access"),
        (long) values.number("kvasir.access.log.file.mib", 1, 1 << 10) << 20,
        values.number("kvasir.access.log.files", 1, 1_000));
  }

  private enum Switch {
    ON,
    OFF
  }
}
