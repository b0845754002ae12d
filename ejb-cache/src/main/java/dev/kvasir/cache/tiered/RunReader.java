package dev.kvasir.cache.tiered;

import dev.kvasir.cache.BlockTier;
import dev.kvasir.cache.Lookup;
import dev.kvasir.cache.tiered.FetchRound.Pending;
import dev.kvasir.cache.tiered.FetchRound.Reasons;
import dev.kvasir.completion.MissReason;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Reads a run of blocks from grid and disk at once, under one deadline. */
final class RunReader {
  private final BlockReader grid;
  private final FetchRound late;
  private final FetchRound disk;

  /**
   * @param late of the grid, where nobody waits for them
   */
  RunReader(BlockReader grid, FetchRound late, BlockTier disk) {
    this.grid = grid;
    this.late = late;
    this.disk =
        new FetchRound(
            disk,
            trouble -> {}, // the tier counts and logs its own
            new Reasons(MissReason.DISK_UNAVAILABLE, MissReason.DISK_UNAVAILABLE));
  }

  /** The leading blocks that came by then. */
  Fetch read(KnownRun run, int deadlineMillis) {
    if (!run.onDisk()) {
      return grid.read(run.hashes(), deadlineMillis);
    }
    try (Pending fromDisk = disk.begin(run.where(true), deadlineMillis)) {
      Fetch fromGrid =
          run.where(false).isEmpty()
              ? Fetch.nothing(MissReason.NONE)
              : grid.read(run.where(false), deadlineMillis);
      return inOrder(run, fromGrid, fromDisk.take());
    }
  }

  /** Asks for all blocks from the last to the first, and waits for none. */
  void ask(KnownRun run, int deadlineMillis, BackwardReads reads) {
    for (int i = run.size() - 1; i >= 0; i--) {
      reads.ask(run.hashes().get(i), run.diskFlags().get(i) ? disk : late, deadlineMillis);
    }
  }

  /** Up to the first that one of them does not have, for that one's reason. */
  private static Fetch inOrder(KnownRun run, Fetch fromGrid, Fetch fromDisk) {
    Iterator<Lookup.Fetched> grid = fromGrid.blocks().iterator();
    Iterator<Lookup.Fetched> disk = fromDisk.blocks().iterator();
    List<Lookup.Fetched> came = new ArrayList<>(run.size());
    for (boolean onDisk : run.diskFlags()) {
      Iterator<Lookup.Fetched> source = onDisk ? disk : grid;
      if (!source.hasNext()) {
        return new Fetch(came, (onDisk ? fromDisk : fromGrid).reason());
      }
      came.add(source.next());
    }
    return new Fetch(came, MissReason.NONE);
  }
}
