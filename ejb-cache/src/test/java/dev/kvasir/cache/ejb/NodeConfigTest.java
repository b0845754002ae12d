package dev.kvasir.cache.ejb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.AdmissionKind;
import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.Lifetime;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.cache.ShadowPolicy;
import dev.kvasir.cache.TunedPolicy;
import dev.kvasir.cache.accesslog.AccessLogRules;
import dev.kvasir.cache.grid.GridConfig;
import dev.kvasir.cache.policy.RecomputeCost;
import dev.kvasir.cache.queue.QueueRules;
import dev.kvasir.cache.route.RouteMode;
import dev.kvasir.cache.route.RouteRules;
import dev.kvasir.completion.SharingScope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodeConfigTest {
  private static NodeConfig read(Map<String, String> values) {
    return NodeConfig.read(new ConfigValues(key -> Optional.ofNullable(values.get(key))));
  }

  @Test
  void read_nothingSet_givesDefaults() {
    assertEquals(
        new NodeConfig(
            "kvasir",
            Path.of("data"),
            "127.0.0.1",
            5701,
            List.of(),
            "",
            List.of(),
            Path.of("data/cluster.secret"),
            SharingScope.GLOBAL,
            new CacheSettings(EvictionKind.REUSE, 1L << 30, LoadRule.AUTO, 250),
            256L << 20,
            4096,
            2,
            new DiskConfig(Path.of("data/disk"), 4L << 30, EvictionKind.REUSE, false),
            new QueueRules(16, 128, 30_000_000_000L, 5_000_000_000L, 1024),
            new RouteRules(RouteMode.NONE, "http://127.0.0.1:9080", 4),
            new AccessLogRules(false, Path.of("data/access"), 16L << 20, 8),
            "true"),
        read(Map.of()));
  }

  @Test
  void read_allSet_takesEach() {
    NodeConfig config =
        read(
            Map.ofEntries(
                Map.entry("kvasir.node", "b"),
                Map.entry("kvasir.data", "/d"),
                Map.entry("kvasir.bind", "10.0.0.2"),
                Map.entry("kvasir.cluster.port", "5702"),
                Map.entry("kvasir.cluster.join", "127.0.0.1:5701, host-c:5703"),
                Map.entry("kvasir.cluster.kubernetes.service", "grid.space.svc:5701"),
                Map.entry("kvasir.cluster.secret.file", "/s"),
                Map.entry("kvasir.scope", "session"),
                Map.entry("kvasir.load", "always"),
                Map.entry("kvasir.cache.eviction", "lfu"),
                Map.entry("kvasir.cache.admission", "frequency"),
                Map.entry("kvasir.cache.ttl.seconds", "3600"),
                Map.entry("kvasir.cache.idle.seconds", "60"),
                Map.entry("kvasir.cache.evict.start.percent", "95"),
                Map.entry("kvasir.cache.evict.stop.percent", "70"),
                Map.entry("kvasir.cache.budget.mib", "64"),
                Map.entry("kvasir.cache.near.mib", "8"),
                Map.entry("kvasir.grid.deadline.millis", "1000"),
                Map.entry("kvasir.publish.queue.blocks", "10"),
                Map.entry("kvasir.recompute.check.percent", "100"),
                Map.entry("kvasir.disk.mib", "0"),
                Map.entry("kvasir.disk.eviction", "lru"),
                Map.entry("kvasir.disk.encrypt", "true"),
                Map.entry("kvasir.shadow.policies", "lru, sieve@2"),
                Map.entry("kvasir.route", "forward"),
                Map.entry("kvasir.route.url", "https://b.example:9443/"),
                Map.entry("kvasir.route.min.blocks", "2"),
                Map.entry("kvasir.access.log", "on"),
                Map.entry("kvasir.access.log.file.mib", "2"),
                Map.entry("kvasir.access.log.files", "3"),
                Map.entry("otel.sdk.disabled", "false"),
                Map.entry("kvasir.slots", "2"),
                Map.entry("kvasir.queue.length", "3"),
                Map.entry("kvasir.queue.wait.millis", "4"),
                Map.entry("kvasir.queue.aging.millis", "5"),
                Map.entry("kvasir.queue.quantum.tokens", "6")));
    assertEquals(
        new NodeConfig(
            "b",
            Path.of("/d"),
            "10.0.0.2",
            5702,
            List.of("127.0.0.1:5701", "host-c:5703"),
            "grid.space.svc:5701",
            List.of(),
            Path.of("/s"),
            SharingScope.SESSION,
            new CacheSettings(
                TunedPolicy.of(EvictionKind.LFU),
                new CacheSettings.Room(64L << 20, 95, 70),
                AdmissionKind.FREQUENCY,
                new CacheSettings.Loading(LoadRule.ALWAYS, 1000),
                new Lifetime(3600, 60),
                List.of(ShadowPolicy.parse("lru"), ShadowPolicy.parse("sieve@2"))),
            8L << 20,
            10,
            100,
            new DiskConfig(Path.of("/d/disk"), 0, EvictionKind.LRU, true),
            new QueueRules(2, 3, 4_000_000, 5_000_000, 6),
            new RouteRules(RouteMode.FORWARD, "https://b.example:9443", 2),
            new AccessLogRules(true, Path.of("/d/access"), 2L << 20, 3),
            "false"),
        config);
  }

  @Test
  void read_memberAndClient_refused() {
    Map<String, String> both =
        Map.of("kvasir.cluster.join", "a:5701", "kvasir.grid.client", "b:5701");
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> read(both));
    assertTrue(
        String.valueOf(refusal.getMessage()).contains("either a member of its grid or a client"));
  }

  @Test
  void grid_membersNamed_isTheirClient() {
    NodeConfig config = read(Map.of("kvasir.grid.client", "a:5701,b:5702"));
    assertEquals(
        GridConfig.Network.client(List.of("a:5701", "b:5702")),
        config.grid("secret", 10, RecomputeCost.STANDARD).network());
    assertEquals(
        new GridConfig.Network("127.0.0.1", 5701, List.of()),
        read(Map.of()).grid("secret", 10, RecomputeCost.STANDARD).network());
  }

  @Test
  void read_manyBad_namesEachOfThem() {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                read(
                    Map.of(
                        "kvasir.cluster.port", "70000",
                        "kvasir.load", "sometimes",
                        "kvasir.disk.encrypt", "yes",
                        "kvasir.cluster.join", "host",
                        "kvasir.cluster.kubernetes.service", "grid",
                        "kvasir.shadow.policies", "lru@99",
                        "kvasir.http.max.completions", "0",
                        "kvasir.http.max.body.bytes", "2147483647",
                        "kvasir.cache.budget.mib", "much")));
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains("9 problem(s)"), message);
    assertTrue(message.contains("kubernetes.service is \"grid\", but must be host"));
    assertTrue(message.contains("kvasir.cluster.port is \"70000\", but must be a number of 1 to"));
    assertTrue(message.contains("kvasir.load is \"sometimes\", but must be one of [auto, always"));
    assertTrue(message.contains("kvasir.cluster.join has \"host\", but needs host:port"));
    assertTrue(message.contains("kvasir.disk.encrypt is \"yes\", but must be true or false"));
    assertTrue(message.contains("kvasir.shadow.policies is \"lru@99\": shadows has the factor"));
    assertTrue(message.contains("kvasir.cache.budget.mib is \"much\""));
    assertTrue(message.contains("kvasir.http.max.completions is \"0\", but must be a number of 1"));
    assertTrue(message.contains("kvasir.http.max.body.bytes is \"2147483647\", but must be a"));
  }

  @Test
  void defaults_each_standsInTheDocument() throws Exception {
    String document = Files.readString(Path.of("../docs/configuration.md"));
    NodeConfig.DEFAULTS.forEach(
        (key, value) -> {
          String row = "| `%s` | %s |".formatted(key, value.isEmpty() ? "" : "`" + value + "`");
          assertTrue(document.contains(row), "docs/configuration.md has no row " + row);
        });
  }
}
