package dev.kvasir.cache.request;

import dev.kvasir.cache.Lookup;
import dev.kvasir.cache.Prefix;
import dev.kvasir.cache.PrefixCache;
import dev.kvasir.cache.semantic.BlendPolicy;
import dev.kvasir.cache.semantic.PassageRun;
import dev.kvasir.completion.Approximation;
import dev.kvasir.completion.Blend;
import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.Gap;
import dev.kvasir.inference.Assembly;
import dev.kvasir.inference.AssemblyOutcome;
import dev.kvasir.inference.AssemblyOutcome.Refused;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvRun;
import dev.kvasir.inference.Sequence;
import dev.kvasir.inference.TokenIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A request that is served by passages of other prompts: approximately. One thread. */
final class PassageReuse implements Reuse {
  /*
   * Of the exact chain it takes what there is before the first passage, and it gives nothing to it:
   * the engine gets the names of the blocks that were found and of no other, so what is computed or
   * put together behind them has none. It is not counted among exact requests, neither as a hit nor
   * as a miss, and nobody waits for what it computes.
   */

  /**
   * What was found for a prompt.
   *
   * @param prefix its shareable blocks
   * @param lookup what there is of these
   * @param runs of passages behind that, by position
   * @param rows of each
   */
  record Found(Prefix prefix, Lookup lookup, List<PassageRun> runs, List<KvRun> rows) {}

  private final PrefixCache cache;
  private final Found found;
  private final Blend blend;
  private final Runnable leavings;
  private final PrefixLoad taken;
  private @Nullable Approximation approximation; // null: not assembled

  /**
   * @param leavings lets the prompt be computed exactly in idle time, where some of its passages
   *     are not known yet
   */
  PassageReuse(PrefixCache cache, Found found, Blend blend, Runnable leavings) {
    this.cache = cache;
    this.found = found;
    this.blend = blend;
    this.leavings = leavings;
    taken = new PrefixLoad(cache, found.prefix(), found.lookup(), found.lookup().reason());
  }

  @Override
  public List<BlockHash> hashes() {
    return found.prefix().hashes().subList(0, found.lookup().blocks());
  }

  @Override
  public double waitedMillis() {
    return 0;
  }

  @Override
  public void load(Sequence sequence) {
    taken.load(sequence);
    BlendPolicy policy = BlendPolicy.of(blend);
    AssemblyOutcome outcome =
        sequence.assemble(
            new Assembly(found.rows(), policy.recomputed(found.runs()), policy.deviatingShare()));
    for (Refused refused : outcome.refused()) {
      cache.discard(found.runs().get(refused.run()).blocks().get(refused.block()), refused.fault());
    }
    if (outcome.reusedTokens() + outcome.recomputedTokens() > 0) {
      approximation =
          new Approximation(
              blend.kind(), outcome.reusedTokens(), outcome.recomputedTokens(), donors(outcome));
    }
  }

  private List<Approximation.Donor> donors(AssemblyOutcome outcome) {
    Set<Integer> refused = outcome.refused().stream().map(Refused::run).collect(Collectors.toSet());
    List<Approximation.Donor> donors = new ArrayList<>();
    for (int run = 0; run < found.runs().size(); run++) {
      if (!refused.contains(run)) {
        donors.add(found.runs().get(run).donor());
      }
    }
    return donors;
  }

  @Override
  public void computed(double seconds) {}

  @Override
  public CacheReport report(String node, CacheTimes times) {
    int reused = approximation == null ? 0 : approximation.reusedTokens();
    int computed = found.prefix().tokens().size() - taken.takenTokens() - reused;
    return taken.report(node, times, List.of(Gap.of(taken.reason(), computed)), approximation);
  }

  @Override
  public void record(CacheReport report, double firstTokenMillis) {}

  @Override
  public void publish() {
    leavings.run();
  }

  @Override
  public void share(TokenIds answer) {}

  @Override
  public void close() {}
}
