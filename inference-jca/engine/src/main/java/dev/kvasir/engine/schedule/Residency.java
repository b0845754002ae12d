package dev.kvasir.engine.schedule;

import dev.kvasir.engine.graph.PagedGraph;
import dev.kvasir.engine.paged.BlockPool;
import dev.kvasir.engine.paged.CachedBlock;
import dev.kvasir.engine.schedule.Generation.Phase;
import dev.kvasir.inference.InferenceException;
import dev.kvasir.inference.TokenIds;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Which sequence holds which blocks, from open to close. Loop's thread only. */
final class Residency {
  /*
   * A sequence reserves at open what its prompt and its first token need; further blocks are taken
   * one by one, from whatever nobody holds and nobody was promised. Who finds none there has
   * another one preempted (Scheduler).
   *
   * Preempting keeps aside, as bytes, all blocks without a name: the partial block of the prompt,
   * whatever decode wrote, and everything of a request that shares nothing. Those with a name are
   * left in the pool to be found again, or computed again by prefill, which gives the same bits.
   */

  private static final Logger LOG = System.getLogger(Residency.class.getName());

  private final BlockPool pool;
  private final PagedGraph graph;
  private final int blockBytes;

  Residency(BlockPool pool, PagedGraph graph) {
    this.pool = pool;
    this.graph = graph;
    this.blockBytes = pool.stats().blockBytes();
  }

  /**
   * Checks that a sequence can ever have all its blocks.
   *
   * @throws dev.kvasir.inference.PoolExhaustedException if the whole pool is too small
   */
  void requireRoom(Generation generation) {
    pool.requireCapacity(generation.mostBlocks());
  }

  /**
   * Takes the leading blocks that the pool has and reserves the others that the prompt and its
   * first token need; false if there are not enough now.
   */
  boolean tryOpen(Generation generation) {
    int wanted = generation.blocksFor(generation.prompt().size() + 1);
    if (!takeLeading(generation, generation.shareableBlocks(), wanted)) {
      return false;
    }
    generation.foundBlocks = generation.table.size();
    return true;
  }

  /** Leading blocks by name, the rest of {@code wanted} by promise; all or nothing. */
  private boolean takeLeading(Generation generation, int named, int wanted) {
    List<TokenIds> tokens = new ArrayList<>();
    for (int index = 0; index < named; index++) {
      tokens.add(generation.blockTokens(index));
    }
    List<Integer> leading = pool.acquireLeading(generation.hashes(named), tokens);
    int missing = wanted - leading.size();
    if (!pool.reserve(missing)) {
      Collections.reverse(leading);
      pool.release(leading);
      return false;
    }
    leading.forEach(generation.table::append);
    generation.reservedBlocks = missing;
    generation.computed = leading.size() * generation.blockSize;
    return true;
  }

  /** Appends one more block, promised or not; false if there is none. */
  boolean tryGrow(Generation generation) {
    if (generation.reservedBlocks > 0) {
      generation.reservedBlocks--;
    } else if (!pool.reserve(1)) {
      return false;
    }
    generation.table.append(pool.allocate());
    return true;
  }

  /** Lets a sequence hold all blocks of another. */
  void share(Generation from, Generation to) {
    List<Integer> blocks = from.table.tailFirst();
    Collections.reverse(blocks);
    pool.share(blocks);
    blocks.forEach(to.table::append);
    to.computed = from.computed;
  }

  /** Whether the block of a position may be written: it is there, and nobody else holds it. */
  boolean isWritable(Generation generation, int position) {
    return generation.covers(position) && !pool.isShared(generation.table.blockOf(position));
  }

  /** Copies a position's shared block before it is written; false if there is no block for it. */
  boolean tryCopy(Generation generation, int position) {
    if (!pool.reserve(1)) {
      return false;
    }
    int index = position / generation.blockSize;
    int shared = generation.table.block(index);
    int copy = pool.allocate();
    graph.importBlocks(new int[] {copy}, List.of(graph.exportBlock(shared)));
    generation.table.replace(index, copy);
    pool.release(List.of(shared));
    return true;
  }

  /** Makes a block that prefill or load has filled findable, if it has a name. */
  void name(Generation generation, int index) {
    if (index < generation.request.blockHashes().size()) {
      pool.register(
          generation.table.block(index),
          new CachedBlock(
              generation.request.blockHashes().get(index), index, generation.blockTokens(index)));
    }
  }

  /** Gives all blocks and promises back. */
  void giveBack(Generation generation) {
    pool.unreserve(generation.reservedBlocks);
    pool.release(generation.table.tailFirst());
    generation.table.clear();
    generation.reservedBlocks = 0;
    generation.saved = List.of();
  }

  /**
   * Gives all blocks back with nothing left in them to be found, or to spoil what is computed
   * beside it: a masked slot weighs nothing only if a number stands in it.
   */
  void discard(Generation generation) {
    int[] freed = pool.forgetNames(generation.table.tailFirst());
    if (freed.length > 0) {
      try {
        graph.importBlocks(
            freed,
            Stream.generate(() -> ByteBuffer.allocate(blockBytes)).limit(freed.length).toList());
      } catch (InferenceException e) {
        LOG.log(
            Level.ERROR,
            "KVASIR-EN02 {0} blocks of the pool are lost until the next start: {1}",
            generation.table.size(),
            e.getMessage());
        generation.table.clear();
      }
    }
    giveBack(generation);
  }

  /** Keeps aside what could not be computed again, and gives all blocks back. */
  void preempt(Generation generation) {
    int computedBlocks = generation.blocksFor(generation.computed);
    List<ByteBuffer> saved = new ArrayList<>(generation.saved);
    if (saved.isEmpty()) {
      generation.savedFrom = namedBlocks(generation);
      generation.savedComputed = generation.computed;
      for (int index = generation.savedFrom; index < computedBlocks; index++) {
        saved.add(graph.exportBlock(generation.table.block(index)));
      }
    } // else: preempted again before it was whole; what is aside is still right
    giveBack(generation);
    generation.saved = List.copyOf(saved);
    generation.computed = 0;
    generation.phase = Phase.PREEMPTED;
  }

  private static int namedBlocks(Generation generation) {
    int prefilled = Math.min(generation.computed, generation.prompt().size());
    return Math.min(generation.request.blockHashes().size(), prefilled / generation.blockSize);
  }

  /** Takes blocks for a preempted sequence; false if there are not enough now. */
  boolean tryResume(Generation generation) {
    int behind = generation.savedFrom + generation.saved.size();
    int wanted = Math.max(behind, generation.blocksFor(generation.prompt().size())) + 1;
    wanted = Math.min(generation.mostBlocks(), wanted);
    if (!takeLeading(generation, generation.savedFrom, wanted)) {
      return false;
    }
    generation.phase = Phase.RUNNING;
    return true;
  }

  /** Puts back what was kept aside, once the blocks before it are there. */
  void restore(Generation generation) {
    int[] ids = new int[generation.saved.size()];
    for (int i = 0; i < ids.length; i++) {
      boolean grown = tryGrow(generation);
      assert grown : "reserved at resume";
      ids[i] = generation.table.block(generation.savedFrom + i);
    }
    graph.importBlocks(ids, generation.saved);
    generation.saved = List.of();
    generation.computed = generation.savedComputed;
  }
}
