package dev.kvasir.cache.tiered;

import dev.kvasir.cache.Absence;
import dev.kvasir.cache.CacheStats;
import dev.kvasir.cache.Lookup;
import dev.kvasir.cache.LookupNotes;
import dev.kvasir.cache.Prefix;
import dev.kvasir.cache.PrefixCache;
import dev.kvasir.cache.stats.CacheCounters;
import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.LoadEstimate;
import dev.kvasir.completion.MissReason;
import dev.kvasir.inference.BlockFault;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvBlock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The prefix cache of a node: engine pool first, then the shared store, then disks. */
public final class TieredPrefixCache implements PrefixCache {
  /*
   * Whatever goes wrong with the store is a miss, be it that there is no heap left for a read: the
   * request itself may still find enough. Other errors are nobody's trouble but ours, and stand.
   */
  private final Tiers tiers;
  private final LoadCost cost;
  private final Publisher publisher;
  private final CacheCounters counters;
  private final RunReader runs;
  private final KeyStream keys;
  private final RecomputeCheck checks;

  /**
   * @param tiers to look in
   * @param checks of what computing was expected to take; with what is known of loading and it
   * @param publisher carries blocks from the pool to the store
   * @param counters of this node
   * @param keys hears of look-ups and publishes
   */
  public TieredPrefixCache(
      Tiers tiers,
      RecomputeCheck checks,
      Publisher publisher,
      CacheCounters counters,
      KeyStream keys) {
    this.tiers = tiers;
    this.checks = checks;
    cost = checks.cost();
    this.publisher = publisher;
    this.counters = counters;
    FetchRound late = new FetchRound(tiers.store(), counters::storeTrouble);
    runs = new RunReader(tiers.reader(), late, tiers.disk());
    this.keys = keys;
  }

  @Override
  public Lookup longestPrefix(Prefix prefix) {
    if (!prefix.hashes().isEmpty() && keys.listens()) {
      tell(prefix);
    }
    return find(prefix, true);
  }

  @Override
  public Lookup peek(Prefix prefix) {
    return find(prefix, false);
  }

  private Lookup find(Prefix prefix, boolean fromBothEnds) {
    if (prefix.hashes().isEmpty()) {
      return new Lookup.Miss(MissReason.PROMPT_SHORTER_THAN_BLOCK);
    }
    int poolBlocks = poolBlocks(prefix);
    Behind behind = fetchBehindPool(prefix, poolBlocks, fromBothEnds);
    Lookup both = behind.both();
    if (both != null) {
      return both;
    }
    Fetch fetch = behind.fetch();
    return poolBlocks == 0 && fetch.blocks().isEmpty()
        ? new Lookup.Miss(fetch.reason(), behind.notes())
        : new Lookup.ExactPrefix(poolBlocks, fetch.blocks(), fetch.reason(), behind.notes());
  }

  private void tell(Prefix prefix) {
    quietly(() -> keys.looked(prefix, tiers.store().countLeading(prefix.hashes())));
  }

  /** Does what a request does not wait for; trouble is counted. */
  private void quietly(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | OutOfMemoryError e) {
      counters.storeTrouble(e);
    }
  }

  /** What came of the blocks behind the pool's, or what is to be read while others are computed. */
  private record Behind(Fetch fetch, LookupNotes notes, Lookup.@Nullable BothEnds both) {
    Behind(Fetch fetch, LookupNotes notes) {
      this(fetch, notes, null);
    }

    static Behind nothing(MissReason reason) {
      return new Behind(Fetch.nothing(reason), LookupNotes.NONE);
    }
  }

  /** To read the run while its front is computed, if that pays. */
  private Optional<Lookup.BothEnds> fromBothEnds(
      KnownRun run, Prefix prefix, int poolBlocks, LookupNotes notes) {
    int fromToken = poolBlocks * prefix.blockSize();
    int toToken = fromToken + run.size() * prefix.blockSize();
    OptionalInt deadlineMillis =
        cost.fromBothEnds(tiers.settings().get(), fromToken, toToken, run.onDisk());
    if (deadlineMillis.isEmpty()) {
      return Optional.empty();
    }
    int millis = deadlineMillis.getAsInt();
    int endBlock = poolBlocks + run.size();
    return Optional.of(
        new Lookup.BothEnds(
            poolBlocks,
            endBlock,
            () -> {
              BackwardReads reads = new BackwardReads(endBlock, this::discard);
              runs.ask(run, millis, reads);
              return reads;
            },
            notes.with(estimate(LoadDecision.within(millis), run, fromToken, prefix.blockSize()))));
  }

  private Behind fetchBehindPool(Prefix prefix, int poolBlocks, boolean fromBothEnds) {
    List<BlockHash> missing = prefix.hashes().subList(poolBlocks, prefix.hashes().size());
    if (missing.isEmpty()) {
      return Behind.nothing(MissReason.NONE);
    }
    KnownRun known;
    Absence absence;
    try {
      known = KnownRun.of(missing, tiers.store(), tiers.disk());
      absence =
          known.size() == missing.size()
              ? Absence.FIRST_SEEN
              : tiers.store().absence(missing.get(known.size()));
    } catch (RuntimeException | OutOfMemoryError e) {
      counters.storeTrouble(e);
      return Behind.nothing(MissReason.GRID_UNAVAILABLE);
    }
    LookupNotes notes = new LookupNotes(missing.size() - known.size(), absence, null);
    if (known.size() == 0) {
      return new Behind(Fetch.nothing(absence.reason()), notes);
    }
    int fromToken = poolBlocks * prefix.blockSize();
    Optional<Lookup.BothEnds> both =
        fromBothEnds ? fromBothEnds(known, prefix, poolBlocks, notes) : Optional.empty();
    if (both.isPresent()) {
      return new Behind(Fetch.nothing(MissReason.MEANWHILE), notes, both.get());
    }
    LoadDecision decision = decide(known, fromToken, prefix.blockSize());
    KnownRun before = known.beforeDisk();
    if (!decision.load() && before.size() > 0 && before.size() < known.size()) {
      LoadDecision nearer = decide(before, fromToken, prefix.blockSize());
      return new Behind(
          told(fetch(before, nearer), decision.reason()),
          notes.with(estimate(nearer, before, fromToken, prefix.blockSize())));
    }
    Fetch fetch = fetch(known, decision);
    return new Behind(
        known.size() < missing.size() ? told(fetch, absence.reason()) : fetch,
        notes.with(estimate(decision, known, fromToken, prefix.blockSize())));
  }

  private LoadEstimate estimate(LoadDecision decision, KnownRun run, int fromToken, int blockSize) {
    int toToken = fromToken + run.size() * blockSize;
    return cost.estimate(decision, fromToken, toToken, run.onDisk());
  }

  private LoadDecision decide(KnownRun run, int fromToken, int blockSize) {
    int toToken = fromToken + run.size() * blockSize;
    return cost.decide(tiers.settings().get(), fromToken, toToken, run.onDisk());
  }

  private Fetch fetch(KnownRun run, LoadDecision decision) {
    return decision.load()
        ? runs.read(run, decision.deadlineMillis())
        : Fetch.nothing(decision.reason());
  }

  /** With a reason why there was no more to fetch, if all came. */
  private static Fetch told(Fetch fetch, MissReason reason) {
    return fetch.reason() == MissReason.NONE ? new Fetch(fetch.blocks(), reason) : fetch;
  }

  @Override
  public List<KvBlock> blocks(List<BlockHash> names) {
    List<KvBlock> blocks = new ChainBlocks(tiers, runs, counters).read(names);
    if (!blocks.isEmpty()) {
      touch(names.subList(0, blocks.size()));
    }
    return blocks;
  }

  @Override
  public int poolBlocks(Prefix prefix) {
    return tiers.model().get().countLeadingBlocks(prefix.hashes());
  }

  @Override
  public int knownBlocks(Prefix prefix) {
    int inPool = poolBlocks(prefix);
    List<BlockHash> missing = prefix.hashes().subList(inPool, prefix.hashes().size());
    try {
      return inPool + KnownRun.of(missing, tiers.store(), tiers.disk()).size();
    } catch (RuntimeException | OutOfMemoryError e) {
      counters.storeTrouble(e);
      return inPool;
    }
  }

  @Override
  public void publish(Prefix prefix) {
    quietly(
        () -> {
          publisher.offer(prefix);
          keys.published(prefix);
        });
  }

  @Override
  public void discard(BlockHash hash, BlockFault fault) {
    counters.discarded(fault);
    tiers.disk().remove(hash);
    quietly(() -> tiers.store().discard(hash));
  }

  @Override
  public void record(Prefix prefix, CacheReport report, double firstTokenMillis) {
    counters.record(report, firstTokenMillis);
    cost.observe(report, prefix.blockSize());
    quietly(() -> checks.offer(prefix, report));
    int usedTokens = report.cachedTokens() + report.meanwhileTokens();
    List<BlockHash> used = prefix.hashes().subList(0, usedTokens / prefix.blockSize());
    if (!used.isEmpty()) {
      touch(used);
    }
  }

  private void touch(List<BlockHash> used) {
    tiers.disk().touch(used);
    quietly(() -> tiers.store().touch(used));
  }

  @Override
  public CacheStats stats() {
    return counters.snapshot(
        publisher.counts(), tiers.store().stats(), tiers.disk().stats(), tiers.model().get());
  }
}
