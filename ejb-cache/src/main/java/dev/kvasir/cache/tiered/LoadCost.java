package dev.kvasir.cache.tiered;

import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.cache.Ticker;
import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.LoadEstimate;
import dev.kvasir.completion.MissReason;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What loading and computing a token's K/V take on this node, as its requests measured. */
public final class LoadCost {
  /*
   * A hit must not be slower than a miss. So under AUTO a run of blocks is loaded only if
   *
   *     seconds to fetch and load them  <=  0.75 x tokens x (prefill seconds per token there)
   *
   * The left side is a line through what loads took (DecayingLine), the rate on the right a
   * decaying average over requests, weighted by tokens. The quarter between them is for what
   * estimates err by: without it every second load near the break-even would be one to regret. Time
   * that brought nothing (a passed deadline, a refused block) counts as load time without tokens.
   * Prefill time is that of a request's own steps: what it waited for others' between them, loading
   * would have waited too. Attention makes a token at depth n dearer than one at the start, so
   * prefill is measured by depth, in bands of 512 tokens; the nearest measured band answers for one
   * without measurements. Short prefills say more about a step's fixed cost than about a token's,
   * so they are left out.
   *
   * The disk has a line of its own: that of requests that took something from it, or waited for it
   * in vain. A run of which any block lies there is judged by it.
   *
   * A sample of the loads is computed once more in idle time (RecomputeCheck): what was measured then
   * counts as a prefill like any other, so the rates stay known where all requests hit.
   *
   * Where both take their time, the end of the run may be loaded while its front is computed, until
   * they meet (Cake, arXiv:2410.03065). With a fixed part f, and l and p for all tokens' loading
   * without it and prefill, they meet after
   *
   *     (f + l) x p / (l + p)
   *
   * which is less than either as long as f < p. Loads come while a step runs, and wait for its end:
   * so this and one step more are to be WORTH it against the better of loading and computing all.
   * A load that would be done within a step is never split, nor is one of unknown cost.
   *
   * With too few, or only old, measurements it loads: that makes new ones, so that a slow minute of
   * the grid does not keep a node from loading for ever. The wait for such a trial is bounded by
   * the prefill it would save, where that is known.
   */
  private static final double WORTH = 0.75;
  private static final int BAND_TOKENS = 512;
  private static final int STEP_TOKENS = 256; // of prefill, while blocks are loaded for it
  static final int MIN_PREFILL_BLOCKS = 2;

  private final Ticker ticker;

  /** From the grid alone. Guarded by this. */
  private final DecayingLine loading;

  /** With the disk. Guarded by this. */
  private final DecayingLine loadingFromDisk;

  /** By depth / BAND_TOKENS. Guarded by this. */
  private final TreeMap<Integer, DecayingRate> prefillByBand = new TreeMap<>();

  public LoadCost(Ticker ticker) {
    this.ticker = ticker;
    loading = new DecayingLine(ticker);
    loadingFromDisk = new DecayingLine(ticker);
  }

  /**
   * Whether to load the tokens {@code [fromToken, toToken)} of a prompt.
   *
   * @param fromDisk whether a part of them lies on a disk
   */
  synchronized LoadDecision decide(
      CacheSettings settings, int fromToken, int toToken, boolean fromDisk) {
    if (settings.load() == LoadRule.NEVER) {
      return LoadDecision.not(MissReason.CACHE_OFF);
    }
    if (settings.load() == LoadRule.ALWAYS) {
      return LoadDecision.within(settings.deadlineMillis());
    }
    OptionalDouble prefill = prefillSecondsPerToken((fromToken + toToken) / 2);
    if (prefill.isEmpty()) {
      return LoadDecision.within(settings.deadlineMillis());
    }
    double savedSeconds = prefill.getAsDouble() * (toToken - fromToken);
    OptionalDouble load = (fromDisk ? loadingFromDisk : loading).seconds(toToken - fromToken);
    if (load.isPresent() && load.getAsDouble() > WORTH * savedSeconds) {
      return LoadDecision.not(MissReason.RECOMPUTE_CHEAPER);
    }
    return LoadDecision.within(
        (int) Math.max(1, Math.min(settings.deadlineMillis(), savedSeconds * 1e3)));
  }

  /**
   * Longest time in milliseconds that the end of a run may take to come while its front is
   * computed: what computing all of it is expected to take, whatever the settings' deadline, as
   * nobody waits for these reads. Empty if this does not pay.
   */
  synchronized OptionalInt fromBothEnds(
      CacheSettings settings, int fromToken, int toToken, boolean fromDisk) {
    int tokens = toToken - fromToken;
    DecayingLine line = fromDisk ? loadingFromDisk : loading;
    OptionalDouble measured = line.seconds(tokens);
    OptionalDouble perToken = prefillSecondsPerToken((fromToken + toToken) / 2);
    if (settings.load() != LoadRule.AUTO || measured.isEmpty() || perToken.isEmpty()) {
      return OptionalInt.empty();
    }
    double load = measured.getAsDouble();
    double prefill = perToken.getAsDouble() * tokens;
    double fixed = line.seconds(0).orElse(0);
    double both = load * prefill / (load - fixed + prefill) + perToken.getAsDouble() * STEP_TOKENS;
    return both <= WORTH * Math.min(load, prefill) // not where load is infinite
        ? OptionalInt.of((int) Math.max(1, prefill * 1e3))
        : OptionalInt.empty();
  }

  private OptionalDouble prefillSecondsPerToken(int depth) {
    int band = depth / BAND_TOKENS;
    OptionalDouble nearest = OptionalDouble.empty();
    int distance = Integer.MAX_VALUE;
    for (var measured : prefillByBand.entrySet()) {
      OptionalDouble rate = measured.getValue().secondsPerToken();
      if (rate.isPresent() && Math.abs(measured.getKey() - band) < distance) {
        nearest = rate;
        distance = Math.abs(measured.getKey() - band);
      }
    }
    return nearest;
  }

  /** What a decision for the tokens {@code [fromToken, toToken)} expects. */
  synchronized LoadEstimate estimate(
      LoadDecision decision, int fromToken, int toToken, boolean fromDisk) {
    int tokens = toToken - fromToken;
    return new LoadEstimate(
        tokens,
        decision.load(),
        millis((fromDisk ? loadingFromDisk : loading).seconds(tokens), 1),
        millis(prefillSecondsPerToken((fromToken + toToken) / 2), tokens));
  }

  private static @Nullable Double millis(OptionalDouble seconds, int times) {
    double millis = seconds.orElse(Double.NaN) * times * 1e3;
    return Double.isFinite(millis) ? millis : null;
  }

  /** Learns from a request. */
  synchronized void observe(CacheReport report, int blockSize) {
    int loaded = report.loadedTokens();
    if (loaded > 0 || triedInVain(report)) {
      boolean fromDisk =
          report.diskTokens() > 0 || report.missReason() == MissReason.DISK_UNAVAILABLE;
      DecayingLine line = fromDisk ? loadingFromDisk : loading;
      line.add((report.lookupMillis() + report.loadMillis()) / 1e3, loaded);
    }
    int computed = report.computedTokens();
    if (computed >= MIN_PREFILL_BLOCKS * blockSize) {
      int from = report.meanwhileTokens() > 0 ? report.poolTokens() : report.cachedTokens();
      computed(from, computed, report.prefillMillis() / 1e3);
    }
  }

  /** Learns what the steps took that computed some tokens of a prompt. */
  synchronized void computed(int fromToken, int tokens, double seconds) {
    int middle = fromToken + tokens / 2;
    prefillByBand
        .computeIfAbsent(middle / BAND_TOKENS, band -> new DecayingRate(ticker))
        .add(seconds, tokens);
  }

  private static boolean triedInVain(CacheReport report) {
    LoadEstimate estimate = report.estimate();
    return switch (report.missReason()) {
      case DEADLINE, CORRUPT, GRID_UNAVAILABLE, DISK_UNAVAILABLE, MEANWHILE -> true;
      case EVICTED -> estimate != null && estimate.load(); // else it was known to be gone
      default -> false;
    };
  }
}
