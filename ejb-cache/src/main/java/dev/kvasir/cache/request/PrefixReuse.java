package dev.kvasir.cache.request;

import dev.kvasir.cache.Absence;
import dev.kvasir.cache.Lookup;
import dev.kvasir.cache.Prefix;
import dev.kvasir.cache.PrefixCache;
import dev.kvasir.cache.Source;
import dev.kvasir.cache.flight.Passage;
import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.Gap;
import dev.kvasir.completion.MissReason;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvBlock;
import dev.kvasir.inference.LoadOutcome;
import dev.kvasir.inference.Sequence;
import dev.kvasir.inference.TokenIds;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a request found in the cache, what it took, and why not more. One thread. */
final class PrefixReuse implements Reuse {
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
  private final Passage passage;
  private final Lookup lookup;
  private final AnswerBlocks answers;
  private final Map<Source, Integer> tokens = new EnumMap<>(Source.class);
  private MissReason reason;

  PrefixReuse(PrefixCache cache, Prefix prefix, Passage passage, AnswerBlocks answers) {
    this.cache = cache;
    this.prefix = prefix;
    this.passage = passage;
    this.answers = answers;
    lookup = passage.lookup();
    reason =
        passage.gaveUp() && lookup.endsAtAbsence()
            ? MissReason.SINGLE_FLIGHT_TIMEOUT
            : lookup.reason();
  }

  @Override
  public double waitedMillis() {
    return passage.waitedMillis();
  }

  @Override
  public List<BlockHash> hashes() {
    return prefix.hashes();
  }

  @Override
  public void load(Sequence sequence) {
    tokens.put(Source.POOL, sequence.poolTokens());
    if (lookup instanceof Lookup.ExactPrefix found) {
      loadBehindPool(sequence, found);
    }
    settleReason();
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
    } else if (reason == MissReason.NONE) {
      reason = MissReason.EVICTED; // the lookup had all of them
    }
  }

  private int takenBlocks() {
    return takenTokens() / prefix.blockSize();
  }

  private int takenTokens() {
    return tokens.values().stream().mapToInt(Integer::intValue).sum();
  }

  @Override
  public void computed(double seconds) {
    passage.computed(prefix.tokens().size() - takenTokens(), seconds);
  }

  @Override
  public CacheReport report(String node, CacheTimes times) {
    return new CacheReport(
        tokens.getOrDefault(Source.POOL, 0),
        tokens.getOrDefault(Source.NEAR, 0),
        tokens.getOrDefault(Source.LOCAL, 0),
        tokens.getOrDefault(Source.REMOTE, 0),
        tokens.getOrDefault(Source.DISK, 0),
        prefix.tokens().size() - takenTokens(),
        reason,
        times.lookupMillis(),
        times.loadMillis(),
        times.prefillMillis(),
        node,
        gaps(),
        lookup.notes().estimate());
  }

  /** What was computed: known blocks that did not come, absent ones, and the tail. */
  private List<Gap> gaps() {
    int missing = prefix.hashes().size() - takenBlocks();
    int absent = Math.min(lookup.notes().absentBlocks(), missing);
    Absence absence = lookup.notes().absence();
    List<Gap> gaps = new ArrayList<>();
    if (missing > absent) {
      gaps.add(Gap.of(reason, (missing - absent) * prefix.blockSize()));
    }
    if (absent > 0 && reason == MissReason.SINGLE_FLIGHT_TIMEOUT) {
      gaps.add(Gap.of(reason, absent * prefix.blockSize()));
    } else if (absent > 0) {
      gaps.add(
          new Gap(
              absence.reason(),
              absent * prefix.blockSize(),
              absence.policy(),
              absence.agoSeconds()));
    }
    gaps.add(Gap.of(MissReason.TAIL, tailTokens()));
    return gaps;
  }

  private int tailTokens() {
    return prefix.tokens().size() - prefix.hashes().size() * prefix.blockSize();
  }

  @Override
  public void record(CacheReport report, double firstTokenMillis) {
    cache.record(prefix, report, firstTokenMillis);
  }

  @Override
  public void publish() {
    if (!prefix.hashes().isEmpty()) {
      cache.publish(prefix);
    }
  }

  @Override
  public void share(TokenIds answer) {
    answers.share(prefix, answer);
  }

  @Override
  public void close() {
    passage.close();
  }
}
