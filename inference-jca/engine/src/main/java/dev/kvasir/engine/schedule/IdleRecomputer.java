package dev.kvasir.engine.schedule;

import dev.kvasir.engine.graph.PagedGraph;
import dev.kvasir.engine.graph.StepInput;
import dev.kvasir.engine.paged.BlockPool;
import dev.kvasir.engine.sample.Logits;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.IdleRecompute;
import dev.kvasir.inference.InferenceException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Computes blocks of the pool once more, for the time that it takes. Loop's thread only. */
final class IdleRecomputer {
  /*
   * What loading a block saves is known by computing it, and nobody computes what was loaded. So
   * some of it is, while nobody is there, by the chunks that a prompt has (Chunk). The rows read
   * the blocks that stand in the pool, as those have their bits already, and write to the dump: so
   * no block is taken, written, named or held, none leaves for it, and none is more recent for it.
   * The steps alone are timed.
   *
   * One waits at most, the last that came: it says most about how things are now. A sequence that
   * is opened ends the one that has begun, and waits for one step at most.
   */

  private static final Logger LOG = System.getLogger(IdleRecomputer.class.getName());

  private final PagedGraph graph;
  private final StepRules rules;
  private final int stepTokens;
  private final BlockPool pool;
  private final LongSupplier nanoTime;
  private @Nullable IdleRecompute work;
  private int computed; // leading positions of it that are not to be computed any more
  private long nanos;

  /**
   * @param stepTokens most positions of a step, in whole blocks
   */
  IdleRecomputer(
      PagedGraph graph, StepRules rules, int stepTokens, BlockPool pool, LongSupplier nanoTime) {
    this.graph = graph;
    this.rules = rules;
    this.stepTokens = stepTokens;
    this.pool = pool;
    this.nanoTime = nanoTime;
  }

  /** Takes blocks on; whatever else there was is given up. */
  void take(IdleRecompute newWork) {
    clear();
    work = newWork;
    computed = newWork.fromBlock() * rules.blockSize();
    nanos = 0;
  }

  /** Computes some of it; false if there is nothing to compute. */
  boolean step() {
    IdleRecompute now = work;
    if (now == null) {
      return false;
    }
    int end = now.blockHashes().size() * rules.blockSize();
    Chunk chunk = Chunk.next(computed, end, rules.chunkTokens(), stepTokens);
    int[] blocks = standing(now, chunk.to() / rules.blockSize());
    if (blocks.length == 0 || !compute(now, chunk, blocks)) {
      clear();
    } else if (chunk.to() < end) {
      computed = chunk.to();
    } else {
      end(now, OptionalDouble.of(nanos / (double) TimeUnit.SECONDS.toNanos(1)));
    }
    return true;
  }

  /** Where its leading blocks stand; none if one does not any more. */
  private int[] standing(IdleRecompute now, int count) {
    int[] blocks = new int[count];
    int index = 0;
    for (BlockHash hash : now.blockHashes().subList(0, count)) {
      OptionalInt block = pool.find(hash);
      if (block.isEmpty()) {
        return new int[0];
      }
      blocks[index++] = block.getAsInt();
    }
    return blocks;
  }

  private boolean compute(IdleRecompute now, Chunk chunk, int[] blocks) {
    StepInput step = step(now, chunk, blocks);
    try {
      long start = nanoTime.getAsLong();
      float[][] logits = graph.step(step);
      nanos += nanoTime.getAsLong() - start;
      Logits.requireNumbers(logits[0]);
      return true;
    } catch (InferenceException e) {
      LOG.log(
          Level.WARNING, "KVASIR-EN10 blocks could not be computed once more: {0}", e.getMessage());
      return false;
    }
  }

  /** As {@link Chunk#prefillStep}, but that nothing is written to where it is read. */
  private StepInput step(IdleRecompute now, Chunk chunk, int[] blocks) {
    int[] ids = new int[chunk.size()];
    int[] positions = new int[chunk.size()];
    int[] offsets = new int[chunk.size()];
    for (int row = 0; row < ids.length; row++) {
      positions[row] = chunk.from() + row;
      ids[row] = now.text().get(positions[row]);
      offsets[row] = positions[row] % rules.blockSize();
    }
    int[] writeBlocks = new int[ids.length];
    Arrays.fill(writeBlocks, PagedGraph.DUMP_BLOCK);
    int[][] tables = {Arrays.copyOf(blocks, chunk.reach() / rules.blockSize())}; // rest: padding
    int[] logitRows = {ids.length - 1};
    return new StepInput(ids, positions, writeBlocks, offsets, tables, logitRows);
  }

  /** Gives up what has begun: somebody needs the engine. */
  void giveWay() {
    IdleRecompute now = work;
    if (now != null && computed > now.fromBlock() * rules.blockSize()) {
      clear();
    }
  }

  /** Gives up what there is. */
  void clear() {
    IdleRecompute now = work;
    if (now != null) {
      end(now, OptionalDouble.empty());
    }
  }

  private void end(IdleRecompute ended, OptionalDouble seconds) {
    work = null;
    try {
      ended.whenDone().accept(seconds);
    } catch (RuntimeException | LinkageError e) { // its application may have been stopped
      LOG.log(Level.WARNING, "KVASIR-EN11 nobody hears what computing took: {0}", e.toString());
    }
  }
}
