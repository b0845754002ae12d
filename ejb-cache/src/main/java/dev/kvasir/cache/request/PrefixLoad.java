package dev.kvasir.cache.request;

import dev.kvasir.cache.LateBlocks;
import dev.kvasir.cache.Lookup;
import dev.kvasir.cache.Prefix;
import dev.kvasir.cache.PrefixCache;
import dev.kvasir.cache.Source;
import dev.kvasir.completion.Approximation;
import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.Gap;
import dev.kvasir.completion.MissReason;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.inference.KvBlock;
import dev.kvasir.inference.LoadOutcome;
import dev.kvasir.inference.Sequence;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a request took of the exact blocks that were found for it. One thread. */
final class PrefixLoad {
  /*
   * Between lookup and open the engine's pool lives on, so three cases (p: blocks in the pool at
   * lookup, f: fetched behind them, q: blocks in the pool at open, which is what counts):
   *
   *   q = p      load all f
   *   q > p      another request computed some of them here: skip q - p of the fetched
   *   q < p      blocks q.. were given away: the fetched ones would leave a gap, drop them
   */
  private final PrefixCache cache;
  private final Prefix prefix;
  private final Lookup lookup;
  private final Map<Source, Integer> tokens = new EnumMap<>(Source.class);
  private MissReason reason;
  private double lateMillis; // of what was loaded while the rest was computed

  /**
   * @param lookup what was found
   * @param reason why not more
   */
  PrefixLoad(PrefixCache cache, Prefix prefix, Lookup lookup, MissReason reason) {
    this.cache = cache;
    this.prefix = prefix;
    this.lookup = lookup;
    this.reason = reason;
  }

  /** Puts what was fetched behind what the pool has. */
  void load(Sequence sequence) {
    tokens.put(Source.POOL, sequence.poolTokens());
    if (lookup instanceof Lookup.ExactPrefix found) {
      loadBehindPool(sequence, found);
    }
    settleReason();
  }

  /** Computes the rest, and meanwhile loads what is worth it. */
  GeneratedToken prefill(Sequence sequence) {
    if (!(lookup instanceof Lookup.BothEnds found) || takenBlocks() >= found.endBlock()) {
      return sequence.prefill();
    }
    try (LateBlocks late = found.reads().get()) {
      GeneratedToken first = sequence.prefill(late);
      int met = sequence.metBlocks();
      for (Source source : late.sources().subList(0, met)) {
        tokens.merge(source, prefix.blockSize(), Integer::sum);
      }
      lateMillis = late.millis();
      MissReason whyNotMore = late.reason();
      reason = met > 0 ? MissReason.MEANWHILE : whyNotMore;
      settleReason();
      return first;
    }
  }

  private void loadBehindPool(Sequence sequence, Lookup.ExactPrefix found) {
    int grown = takenBlocks() - found.poolBlocks();
    if (grown < 0) {
      reason = MissReason.EVICTED;
      return;
    }
    int skipped = Math.min(grown, found.fetched().size());
    loadFetched(sequence, found.fetched().subList(skipped, found.fetched().size()));
  }

  private void loadFetched(Sequence sequence, List<Lookup.Fetched> fetched) {
    if (fetched.isEmpty()) {
      return;
    }
    int firstBlock = takenBlocks();
    List<KvBlock> blocks = fetched.stream().map(Lookup.Fetched::block).toList();
    LoadOutcome outcome = sequence.load(blocks);
    for (Lookup.Fetched loaded : fetched.subList(0, outcome.acceptedBlocks())) {
      tokens.merge(loaded.source(), prefix.blockSize(), Integer::sum);
    }
    outcome
        .refused()
        .ifPresent(
            fault -> {
              reason = MissReason.CORRUPT;
              cache.discard(prefix.hashes().get(firstBlock + outcome.acceptedBlocks()), fault);
            });
  }

  private void settleReason() {
    if (!prefix.hashes().isEmpty() && takenBlocks() == prefix.hashes().size()) {
      reason = MissReason.NONE;
    } else if (lookup instanceof Lookup.BothEnds found && takenBlocks() >= found.endBlock()) {
      reason = lookup.notes().absence().reason();
    } else if (reason == MissReason.NONE) {
      reason = MissReason.EVICTED; // the lookup had all of them
    }
  }

  /** Why not more was taken. */
  MissReason reason() {
    return reason;
  }

  int takenBlocks() {
    return takenTokens() / prefix.blockSize();
  }

  int takenTokens() {
    return tokens.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Where the prompt's tokens came from, the computed ones for these reasons. */
  CacheReport report(
      String node, CacheTimes times, List<Gap> gaps, @Nullable Approximation approximation) {
    int reused = approximation == null ? 0 : approximation.reusedTokens();
    return new CacheReport(
        tokens.getOrDefault(Source.POOL, 0),
        tokens.getOrDefault(Source.NEAR, 0),
        tokens.getOrDefault(Source.LOCAL, 0),
        tokens.getOrDefault(Source.REMOTE, 0),
        tokens.getOrDefault(Source.DISK, 0),
        prefix.tokens().size() - takenTokens() - reused,
        reason,
        times.lookupMillis(),
        times.loadMillis() + lateMillis,
        times.prefillMillis(),
        node,
        gaps,
        lookup.notes().estimate(),
        approximation);
  }
}
