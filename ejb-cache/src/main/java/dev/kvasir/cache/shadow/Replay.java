package dev.kvasir.cache.shadow;

import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.ShadowPolicy;
import dev.kvasir.cache.Ticker;
import dev.kvasir.cache.WhatIf;
import dev.kvasir.cache.policy.CacheSimulator;
import dev.kvasir.cache.policy.RecomputeCost;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Plays a node's last requests again, with other policies and budgets: the miss-ratio curve of each
 * policy, by simulation at a few budgets.
 */
public final class Replay {
  /*
   * A simulation begins with an empty cache, where the live one was warm: with few requests all
   * curves lie below the live ratio, and only their distances tell. It takes some 1 us a block asked
   * for, policy and budget; the trace and the policies are bounded, so it ends within seconds.
   */
  private static final double[] FACTORS = {0.25, 0.5, 1, 2, 4};
  private static final double NANOS_PER_SECOND = 1e9;

  private final KeyTrace trace;
  private final Ticker ticker;
  private final Supplier<CacheSettings> settings;
  private final Supplier<CacheSimulator.Room> room;
  private final Supplier<RecomputeCost> cost;

  /**
   * @param settings in force
   * @param room this node's share of the live cache
   * @param cost of blocks, for policies that ask for it
   */
  public Replay(
      KeyTrace trace,
      Ticker ticker,
      Supplier<CacheSettings> settings,
      Supplier<CacheSimulator.Room> room,
      Supplier<RecomputeCost> cost) {
    this.trace = trace;
    this.ticker = ticker;
    this.settings = settings;
    this.room = room;
    this.cost = cost;
  }

  /**
   * How policies would have fared. One caller at a time, the others wait.
   *
   * @param policies at most {@link ShadowPolicy#MAX_SHADOWS}; their own budgets are left aside
   */
  public synchronized WhatIf of(String node, List<ShadowPolicy> policies) {
    List<KeyTrace.Look> looks = trace.looks();
    CacheSettings now = settings.get();
    long asked = looks.stream().mapToLong(look -> look.chain().size()).sum();
    long hits = looks.stream().mapToLong(KeyTrace.Look::liveHits).sum();
    return new WhatIf(
        node,
        new ShadowPolicy(now.policy(), now.admission(), 1).toString(),
        looks.size(),
        asked,
        looks.isEmpty() ? 0 : (ticker.read() - looks.get(0).nanos()) / NANOS_PER_SECOND,
        asked == 0 ? 0 : (double) hits / asked,
        policies.stream()
            .limit(ShadowPolicy.MAX_SHADOWS)
            .map(policy -> curve(policy, looks, now.budgetBytes()))
            .toList());
  }

  private WhatIf.Curve curve(ShadowPolicy policy, List<KeyTrace.Look> looks, long liveBudgetBytes) {
    List<WhatIf.Point> points = new ArrayList<>();
    for (double factor : FACTORS) {
      ShadowPolicy scaled = new ShadowPolicy(policy.policy(), policy.admission(), factor);
      points.add(new WhatIf.Point((long) (liveBudgetBytes * factor), hitRatio(scaled, looks)));
    }
    String name = new ShadowPolicy(policy.policy(), policy.admission(), 1).toString();
    return new WhatIf.Curve(name.substring(0, name.indexOf('@')), points);
  }

  private double hitRatio(ShadowPolicy policy, List<KeyTrace.Look> looks) {
    Shadow shadow = new Shadow(policy, room.get(), cost.get());
    for (KeyTrace.Look look : looks) {
      shadow.look(look.tenant(), look.chain(), look.liveHits());
      shadow.publish(look.tenant(), look.chain());
    }
    return shadow.report().whole().hitRatio();
  }
}
