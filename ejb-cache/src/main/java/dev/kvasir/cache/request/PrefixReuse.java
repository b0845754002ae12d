package dev.kvasir.cache.request;

import dev.kvasir.cache.Absence;
import dev.kvasir.cache.Lookup;
import dev.kvasir.cache.Prefix;
import dev.kvasir.cache.PrefixCache;
import dev.kvasir.cache.flight.Passage;
import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.Gap;
import dev.kvasir.completion.MissReason;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.inference.Sequence;
import dev.kvasir.inference.TokenIds;
import java.util.ArrayList;
import java.util.List;

/** What a request found in the cache, what it took, and why not more. One thread. */
final class PrefixReuse implements Reuse {
  private final PrefixCache cache;
  private final Prefix prefix;
  private final Passage passage;
  private final Lookup lookup;
  private final Leavings leavings;
  private final PrefixLoad taken;

  PrefixReuse(PrefixCache cache, Prefix prefix, Passage passage, Leavings leavings) {
    this.cache = cache;
    this.prefix = prefix;
    this.passage = passage;
    this.leavings = leavings;
    lookup = passage.lookup();
    taken =
        new PrefixLoad(
            cache,
            prefix,
            lookup,
            passage.gaveUp() && lookup.endsAtAbsence()
                ? MissReason.SINGLE_FLIGHT_TIMEOUT
                : lookup.reason());
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
    taken.load(sequence);
  }

  @Override
  public GeneratedToken prefill(Sequence sequence) {
    return taken.prefill(sequence);
  }

  @Override
  public void computed(double seconds) {
    passage.computed(prefix.tokens().size() - taken.takenTokens(), seconds);
  }

  @Override
  public CacheReport report(String node, CacheTimes times) {
    return taken.report(node, times, gaps(), null);
  }

  /** What was computed: known blocks that did not come, absent ones, and the tail. */
  private List<Gap> gaps() {
    int missing = prefix.hashes().size() - taken.takenBlocks();
    int absent = Math.min(lookup.notes().absentBlocks(), missing);
    Absence absence = lookup.notes().absence();
    List<Gap> gaps = new ArrayList<>();
    if (missing > absent) {
      gaps.add(Gap.of(taken.reason(), (missing - absent) * prefix.blockSize()));
    }
    if (absent > 0 && taken.reason() == MissReason.SINGLE_FLIGHT_TIMEOUT) {
      gaps.add(Gap.of(taken.reason(), absent * prefix.blockSize()));
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
      leavings.passages().run();
    }
  }

  @Override
  public void share(TokenIds answer) {
    leavings.answers().share(prefix, answer);
  }

  @Override
  public void close() {
    passage.close();
  }
}
