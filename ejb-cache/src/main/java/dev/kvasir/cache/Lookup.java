package dev.kvasir.cache;

import dev.kvasir.completion.MissReason;
import dev.kvasir.inference.KvBlock;
import java.util.List;
import java.util.function.Supplier;

/** What the cache has for a prefix. */
public sealed interface Lookup {
  /** Why it has not more. */
  MissReason reason();

  /** What else is known of that. */
  LookupNotes notes();

  /** Whether it has not more because the store has not. */
  default boolean endsAtAbsence() {
    return notes().absentBlocks() > 0 && reason() == notes().absence().reason();
  }

  /** Leading blocks that it has. */
  default int blocks() {
    return 0;
  }

  /** Nothing to take. */
  record Miss(MissReason reason, LookupNotes notes) implements Lookup {
    /** Without notes. */
    public Miss(MissReason reason) {
      this(reason, LookupNotes.NONE);
    }
  }

  /**
   * Leading blocks, bit for bit what computing them here would give.
   *
   * @param poolBlocks leading blocks that the engine's pool holds
   * @param fetched the blocks that follow those, in order, in this node's memory now
   * @param reason why not more
   * @param notes what else is known of that
   */
  record ExactPrefix(int poolBlocks, List<Fetched> fetched, MissReason reason, LookupNotes notes)
      implements Lookup {
    public ExactPrefix {
      fetched = List.copyOf(fetched);
    }

    @Override
    public int blocks() {
      return poolBlocks + fetched.size();
    }

    /** Without notes. */
    public ExactPrefix(int poolBlocks, List<Fetched> fetched, MissReason reason) {
      this(poolBlocks, fetched, reason, LookupNotes.NONE);
    }
  }

  /**
   * Leading blocks in the pool, and a run behind them of which it pays to load the end while its
   * front is computed.
   *
   * @param poolBlocks leading blocks that the engine's pool holds
   * @param endBlock behind the run
   * @param reads asks for the run's blocks; nothing is asked for before
   * @param notes what else is known
   */
  record BothEnds(int poolBlocks, int endBlock, Supplier<LateBlocks> reads, LookupNotes notes)
      implements Lookup {
    @Override
    public MissReason reason() {
      return MissReason.MEANWHILE;
    }

    /** Those of the pool: who needs the run may wait for the one that computes its front. */
    @Override
    public int blocks() {
      return poolBlocks;
    }
  }

  /** A block's bytes, not yet checked, and where they came from. */
  record Fetched(KvBlock block, Source source) {}
}
