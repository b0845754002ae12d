package dev.kvasir.cache.node;

import dev.kvasir.cache.BlockStore;
import dev.kvasir.cache.BlockTier;
import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.PrefixCache;
import dev.kvasir.cache.ShadowPolicy;
import dev.kvasir.cache.ShadowReport;
import dev.kvasir.cache.WhatIf;
import dev.kvasir.cache.flight.FlightBoard;
import dev.kvasir.cache.flight.SingleFlight;
import dev.kvasir.cache.policy.CacheSimulator;
import dev.kvasir.cache.policy.RecomputeCost;
import dev.kvasir.cache.request.CachedCompletion;
import dev.kvasir.cache.request.LoadedModel;
import dev.kvasir.cache.request.PrefixNames;
import dev.kvasir.cache.request.Reuses;
import dev.kvasir.cache.request.Site;
import dev.kvasir.cache.semantic.PassageShelf;
import dev.kvasir.cache.shadow.BothStreams;
import dev.kvasir.cache.shadow.KeyTrace;
import dev.kvasir.cache.shadow.Replay;
import dev.kvasir.cache.shadow.ShadowPolicies;
import dev.kvasir.cache.stats.CacheCounters;
import dev.kvasir.cache.tiered.FetchRound;
import dev.kvasir.cache.tiered.LoadCost;
import dev.kvasir.cache.tiered.Publisher;
import dev.kvasir.cache.tiered.RecomputeCheck;
import dev.kvasir.cache.tiered.StoreGuard;
import dev.kvasir.cache.tiered.TieredPrefixCache;
import dev.kvasir.cache.tiered.Tiers;
import dev.kvasir.completion.CompletionFailedException;
import dev.kvasir.completion.LoadEstimate;
import dev.kvasir.inference.InferenceConnectionFactory;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The cache of one node and the completions that use it. Starts and stops nothing: engine, store
 * and threads are the caller's.
 */
public final class CacheNode {
  /** Memory for what a node remembers of passages: some thousand of them. */
  private static final long PASSAGE_BYTES = 16L << 20;

  private final PrefixNames names;
  private final LoadedModel model;
  private final PassageShelf passages = new PassageShelf(PASSAGE_BYTES);
  private final CacheCounters counters;
  private final PrefixCache cache;
  private final CachedCompletion completions;
  private final ShadowPolicies shadows;
  private final Replay replay;
  private final String node;

  /**
   * Puts a node together.
   *
   * @param site where it runs and who hears of its requests
   * @param inference gives the model and its decode slots
   * @param names of blocks
   * @param shared what it has in common with other nodes
   */
  public CacheNode(
      Site site, InferenceConnectionFactory inference, PrefixNames names, Shared shared) {
    this.names = names;
    model = new LoadedModel(inference);
    node = site.node();
    counters = new CacheCounters(site.node(), shared.guard()::circuit, site.ticker());
    Tiers tiers =
        shared
            .guard()
            .before(
                new Tiers(
                    model,
                    shared.store(),
                    new FetchRound(shared.store(), counters::storeTrouble),
                    shared.disk(),
                    shared.settings()));
    Background background = shared.background();
    Publisher publisher =
        new Publisher(tiers, background.executor(), background.queueBlocks(), counters);
    Function<CacheSettings, CacheSimulator.Room> room =
        settings ->
            LiveRoom.of(
                settings.room(),
                shared.store().stats().held(),
                tiers.model().get().info().layout().blockBytes());
    Supplier<RecomputeCost> cost = () -> RecomputeCost.of(tiers.model().get().info());
    shadows = new ShadowPolicies(shared.settings(), room, cost, background.executor());
    KeyTrace trace = new KeyTrace(site.ticker());
    replay =
        new Replay(
            trace,
            site.ticker(),
            shared.settings(),
            () -> room.apply(shared.settings().get()),
            cost);
    cache =
        new TieredPrefixCache(
            tiers,
            new RecomputeCheck(
                tiers.model(), new LoadCost(site.ticker()), counters, background::choosesCheck),
            publisher,
            counters,
            new BothStreams(shadows, trace));
    SingleFlight flights =
        new SingleFlight(cache, shared.flights(), site.ticker(), site.observer());
    completions =
        new CachedCompletion(inference, new Reuses(names, cache, flights, passages), site);
  }

  /** Names of blocks. */
  public PrefixNames names() {
    return names;
  }

  /** What the node counts. */
  public CacheCounters counters() {
    return counters;
  }

  /** The cache over engine pool and store. */
  public PrefixCache cache() {
    return cache;
  }

  /**
   * Forgets what engine and passages keep of all prompts: neither knows whose they were.
   *
   * @return how many blocks left the engine's pool
   * @throws CompletionFailedException if the adapter is not running; the passages are forgotten
   */
  public int forgetPrompts() {
    passages.clear();
    return model.get().clearPool();
  }

  /** Policies that run beside the live one. */
  public ShadowReport shadows() {
    return shadows.report(node);
  }

  /** How other policies and budgets would have fared on the last requests. */
  public WhatIf whatIf(List<ShadowPolicy> policies) {
    return replay.of(node, policies);
  }

  /** Completions that use the cache. */
  public CachedCompletion completions() {
    return completions;
  }

  /**
   * What a node has in common with others.
   *
   * @param store of blocks
   * @param disk behind the store
   * @param guard before the store
   * @param flights where they tell each other what they compute
   * @param settings in force
   * @param background what it does behind its requests' backs
   */
  public record Shared(
      BlockStore store,
      BlockTier disk,
      StoreGuard guard,
      FlightBoard flights,
      Supplier<CacheSettings> settings,
      Background background) {}

  /**
   * What a node does behind its requests' backs.
   *
   * @param executor runs the one task that carries blocks into the store, one at a time
   * @param queueBlocks most blocks that wait for it
   * @param checkPercent of the loads whose blocks are computed once more, to check the estimate; if
   *     not 0, also those for which there is none, as a node whose requests all hit would never
   *     have one
   */
  public record Background(Executor executor, int queueBlocks, int checkPercent) {
    private boolean choosesCheck(LoadEstimate estimate) {
      int percent = estimate.recomputeMillis() == null && checkPercent > 0 ? 100 : checkPercent;
      return ThreadLocalRandom.current().nextInt(100) < percent;
    }
  }
}
