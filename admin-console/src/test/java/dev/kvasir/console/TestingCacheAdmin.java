package dev.kvasir.console;

import dev.kvasir.cache.BlockInfo;
import dev.kvasir.cache.CacheAdmin;
import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.CacheStats;
import dev.kvasir.cache.ChangeOutcome;
import dev.kvasir.cache.ClearScope;
import dev.kvasir.cache.ClusterInfo;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.Explanation;
import dev.kvasir.cache.GridStats;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.cache.MemberInfo;
import dev.kvasir.cache.NodeReport;
import dev.kvasir.cache.PinOutcome;
import dev.kvasir.cache.PublishCounts;
import dev.kvasir.cache.QueueStats;
import dev.kvasir.cache.RecomputeChecks;
import dev.kvasir.cache.SettingsVersion;
import dev.kvasir.cache.ShadowPolicy;
import dev.kvasir.cache.ShadowReport;
import dev.kvasir.cache.Source;
import dev.kvasir.cache.TierStats;
import dev.kvasir.cache.TokenCounts;
import dev.kvasir.cache.WhatIf;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.BlockPoolStats;
import dev.kvasir.inference.EngineStats;
import dev.kvasir.inference.IdleStats;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A cache of two blocks on two nodes that keeps what it is told; can be made to fail. */
public final class TestingCacheAdmin implements CacheAdmin {
  /** First block of the cached prefix. */
  public static final BlockHash FIRST = new BlockHash(0xab00L << 48, 0, 0, 1);

  /** The block after it. */
  public static final BlockHash SECOND = new BlockHash(0xcd00L << 48, 0, 0, 2);

  private static final long BUDGET_BYTES = 64L << 20;

  private final List<BlockHash> pinned = new ArrayList<>();
  private ShadowReport shadows = new ShadowReport("a", "lru@1.0", List.of(), 0);
  private final List<SettingsVersion> versions = new ArrayList<>();
  private CacheStats stats = statsOf(0, 0, 0);
  private ClusterInfo cluster =
      new ClusterInfo(
          "a", List.of(member("a", 5701, 2048, 1024), member("b", 5702, 1024, 2048)), true);
  private @Nullable RuntimeException trouble;

  /** As a node starts. */
  public TestingCacheAdmin() {
    put(
        "configuration of node a",
        new CacheSettings(EvictionKind.LRU, BUDGET_BYTES, LoadRule.AUTO, 250),
        0);
  }

  /** Lets every call fail, or work again with null. */
  public void fail(@Nullable RuntimeException failure) {
    trouble = failure;
  }

  /** Sets what {@link #shadows} gives. */
  public void setShadows(ShadowReport report) {
    shadows = report;
  }

  /** Sets what {@link #cluster} gives. */
  public void setCluster(ClusterInfo newCluster) {
    cluster = newCluster;
  }

  /** Sets what {@link #stats} gives. */
  public void setStats(CacheStats newStats) {
    stats = newStats;
  }

  /** Statistics of one request more than none, whose tokens came from these places. */
  public static CacheStats statsOf(long poolTokens, long remoteTokens, long computedTokens) {
    long prompt = poolTokens + remoteTokens + computedTokens;
    return new CacheStats(
        "a",
        new CacheStats.Requests(
            prompt == 0 ? 0 : 1,
            poolTokens + remoteTokens == 0 ? 0 : 1,
            prompt == 0 ? Map.of() : Map.of("first_seen", 1L, "deadline", 0L)),
        new TokenCounts(
            Map.of(Source.POOL, poolTokens, Source.REMOTE, remoteTokens), computedTokens),
        new PublishCounts(2, 0, 0, 0, 0, Map.of(), Map.of()),
        new GridStats(
            new GridStats.Held(2, 4096, 2048, 1024),
            new GridStats.Near(0, 0, 16, 0),
            Map.of("policy", 3L, "lost", 1L),
            0),
        TierStats.OFF,
        new BlockPoolStats(64, 1, 2, 0, 2048),
        new EngineStats(0, 1, 0, 0, 3, 5, 0, 0, IdleStats.NONE),
        "closed",
        new CacheStats.Timing(40, 60, 300, 450),
        computedTokens == 0
            ? CacheStats.Spent.NONE
            : new CacheStats.Spent(computedTokens / 100.0, computedTokens, 0.1, 0.04, 0),
        RecomputeChecks.NONE);
  }

  @Override
  public CacheStats stats() {
    check();
    return stats;
  }

  @Override
  public ShadowReport shadows() {
    check();
    return shadows;
  }

  @Override
  public WhatIf whatIf(List<ShadowPolicy> policies) {
    check();
    return new WhatIf(
        "a",
        "lru@1.0",
        9,
        90,
        60,
        0.5,
        policies.stream()
            .map(
                policy ->
                    new WhatIf.Curve(
                        policy.policy().kind().label(),
                        List.of(new WhatIf.Point(1L << 20, 0.25), new WhatIf.Point(4L << 20, 0.5))))
            .toList());
  }

  @Override
  public QueueStats queue() {
    check();
    return new QueueStats(0, 0, 0, 1, 16);
  }

  @Override
  public SettingsVersion settings() {
    check();
    return versions.get(0);
  }

  @Override
  public SettingsVersion latestSettings() {
    return settings();
  }

  @Override
  public ChangeOutcome change(String who, String tag, CacheSettings settings) {
    check();
    boolean current = tag.equals(settings().tag());
    if (current) {
      put(who, settings, 0);
    }
    return new ChangeOutcome(current, settings());
  }

  @Override
  public Optional<ChangeOutcome> revert(String who, String tag, long version) {
    check();
    return versions.stream()
        .filter(one -> one.number() == version)
        .findFirst()
        .map(
            one -> {
              put(who, one.settings(), version);
              return new ChangeOutcome(true, settings());
            });
  }

  @Override
  public List<SettingsVersion> history() {
    check();
    return List.copyOf(versions);
  }

  private void put(String who, CacheSettings settings, long revertOf) {
    long number = versions.size() + 1L;
    versions.add(
        0,
        new SettingsVersion(
            "tag" + number,
            number,
            new SettingsVersion.Change(who, Instant.EPOCH.plusSeconds(number), revertOf),
            settings));
  }

  @Override
  public List<BlockInfo> blocks(String hashPrefix, @Nullable BlockHash after, int limit) {
    check();
    return List.of(block(FIRST, null, 0), block(SECOND, FIRST, 1)).stream()
        .filter(block -> block.hash().toString().startsWith(hashPrefix))
        .filter(block -> after == null || (after.equals(FIRST) && !block.hash().equals(FIRST)))
        .limit(limit)
        .toList();
  }

  private BlockInfo block(BlockHash hash, @Nullable BlockHash parent, int depth) {
    boolean kept = pinned.contains(hash);
    return new BlockInfo(hash, parent, depth, 2048, "default", "a", 1, 9, 5, 1 - depth, kept);
  }

  @Override
  public Map<String, Long> bytesByTenant() {
    check();
    return Map.of("default", 3L << 20, "acme", 1L << 20);
  }

  @Override
  public long clear(ClearScope scope) {
    check();
    return 2;
  }

  @Override
  public PinOutcome pin(String tenant, String text) {
    check();
    if (text.equals("short")) {
      return new PinOutcome(0, 1, 0);
    }
    return new PinOutcome(tenant.equals("default") && text.equals("cached") ? 2 : 0, 200, 3);
  }

  @Override
  public int pin(BlockHash hash) {
    check();
    pinned.add(hash);
    return 1;
  }

  @Override
  public int unpin(BlockHash hash) {
    check();
    return pinned.remove(hash) ? 1 : 0;
  }

  @Override
  public Optional<Explanation> explain(String requestId) {
    return Optional.empty();
  }

  @Override
  public ClusterInfo cluster() {
    check();
    return cluster;
  }

  private static MemberInfo member(String name, int port, long ownedBytes, long backupBytes) {
    return new MemberInfo(
        name,
        "127.0.0.1:" + port,
        name.equals("a"),
        name.equals("a") ? 136 : 135,
        1,
        ownedBytes,
        backupBytes,
        BUDGET_BYTES,
        new NodeReport("1.0", "17", true, 3, new NodeReport.Load(1, 0, 4, false, 7.25)));
  }

  private void check() {
    if (trouble != null) {
      throw trouble;
    }
  }
}
