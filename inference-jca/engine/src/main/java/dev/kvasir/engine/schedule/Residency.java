package dev.kvasir.engine.schedule;

import dev.kvasir.engine.blend.Mosaic;
import dev.kvasir.engine.graph.PagedGraph;
import dev.kvasir.engine.paged.BlockPool;
import dev.kvasir.engine.paged.BlockTable;
import dev.kvasir.inference.InferenceException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Which sequence holds which blocks, from open to close; alone writes their {@link Holding}. Loop's
 * thread only.
 */
final class Residency {
  /*
   * A sequence reserves at open what its prompt and its first token need; further blocks are taken
   * one by one, from whatever nobody holds and nobody was promised. Who finds none there has
   * another one preempted (Preemption).
   *
   * Preempting keeps aside, as bytes, all blocks without a name: the partial block of the prompt,
   * whatever decode wrote, and everything of a request that shares nothing. Those with a name are
   * left in the pool to be found again, or computed again by prefill, which gives the same bits.
   */

  private static final Logger LOG = System.getLogger(Residency.class.getName());

  private final BlockPool pool;
  private final PagedGraph graph;
  private final int mostSavedBlocks;
  private int savedBlocks;

  /**
   * @param mostSavedBytes that preempted sequences keep aside, all together
   */
  Residency(BlockPool pool, PagedGraph graph, long mostSavedBytes) {
    this.pool = pool;
    this.graph = graph;
    this.mostSavedBlocks =
        (int) Math.min(Integer.MAX_VALUE, mostSavedBytes / Math.max(1, pool.blockBytes()));
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
    if (!takeLeading(generation, generation.blocks().shareable(), generation.blocksToOpen())) {
      return false;
    }
    generation.holding.foundBlocks = generation.holding.table().size();
    return true;
  }

  /** Leading blocks by name, the rest of {@code wanted} by promise; all or nothing. */
  private boolean takeLeading(Generation generation, int named, int wanted) {
    PromptBlocks blocks = generation.blocks();
    List<Integer> leading = leading(blocks, named);
    int missing = wanted - leading.size();
    if (!pool.reserve(missing)) {
      Collections.reverse(leading);
      pool.release(leading);
      return false;
    }
    hold(generation.holding, leading);
    generation.holding.reservedBlocks = missing;
    return true;
  }

  private List<Integer> leading(PromptBlocks blocks, int named) {
    return pool.acquireLeading(blocks.hashes(named), blocks.leadingTokens(named));
  }

  private static void hold(Holding holding, List<Integer> leading) {
    leading.forEach(holding.table()::append);
    holding.computed = leading.size() * holding.blockSize();
  }

  /** Takes the leading blocks of a text that the pool has, and promises nothing. */
  void takeFound(PromptBlocks blocks, Holding holding) {
    hold(holding, leading(blocks, blocks.named()));
  }

  /** Appends one more block, promised or not; false if there is none. */
  boolean tryGrow(Holding holding) {
    if (holding.reservedBlocks > 0) {
      holding.reservedBlocks--;
    } else if (!pool.reserve(1)) {
      return false;
    }
    holding.table().append(pool.allocate());
    return true;
  }

  /** Puts loaded blocks behind those that an open sequence has. */
  void load(Generation generation, List<ByteBuffer> payloads) {
    int first = generation.holding.table().size();
    importBehind(generation, payloads);
    for (int index = first; index < first + payloads.size(); index++) {
      name(generation.blocks(), generation.holding, index);
    }
    generation.holding.computed = (first + payloads.size()) * generation.blocks().blockSize();
  }

  /**
   * Takes the blocks of an open sequence's whole prompt and puts what was assembled into them. None
   * of these blocks has a name, from the first assembled row on.
   */
  void assemble(Generation generation, Mosaic mosaic) {
    Holding holding = generation.holding;
    takeAll(holding, holding.blocksFor(generation.prompt().size()));
    int[] ids = mosaic.payloads().keySet().stream().mapToInt(holding.table()::block).toArray();
    graph.importBlocks(ids, List.copyOf(mosaic.payloads().values()));
    holding.assembled = generation.prompt().size();
  }

  private void takeAll(Holding holding, int blocks) {
    while (holding.table().size() < blocks) {
      boolean grown = tryGrow(holding);
      assert grown : "reserved at open";
    }
  }

  /** Takes an open sequence's blocks up to one before which others are loaded while it runs. */
  void expect(Generation generation, int endBlock) {
    takeAll(generation.holding, endBlock);
    generation.holding.meeting = new Meeting(endBlock);
  }

  /** Puts a loaded block in its place, unless it comes too late. */
  void meet(Generation generation, int index, ByteBuffer payload) {
    Holding holding = generation.holding;
    if (holding.meeting.takes(index, holding.computed / holding.blockSize())) {
      graph.importBlocks(new int[] {holding.table().block(index)}, List.of(payload));
      holding.meeting.loaded(index);
      join(generation.blocks(), holding);
    }
  }

  /** Counts what was loaded as computed, if computing has reached it. */
  private void join(PromptBlocks blocks, Holding holding) {
    int computed = holding.computed / holding.blockSize();
    int joined = holding.meeting.reached(computed);
    for (int index = computed; index < joined; index++) {
      name(blocks, holding, index);
      holding.computed = (index + 1) * holding.blockSize();
    }
  }

  private void importBehind(Generation generation, List<ByteBuffer> payloads) {
    BlockTable table = generation.holding.table();
    int first = table.size();
    int[] ids = new int[payloads.size()];
    for (int i = 0; i < ids.length; i++) {
      boolean grown = tryGrow(generation.holding);
      assert grown : "reserved at open or resume";
      ids[i] = table.block(first + i);
    }
    graph.importBlocks(ids, payloads);
  }

  /** Notes what prefill has computed; full blocks with a name can be found from now on. */
  void prefilled(PromptBlocks blocks, Holding holding, Chunk chunk) {
    int blockSize = blocks.blockSize();
    for (int index = chunk.from() / blockSize; index < chunk.to() / blockSize; index++) {
      name(blocks, holding, index);
    }
    holding.computed = chunk.to();
    join(blocks, holding);
  }

  /** Notes that decode has computed all positions up to one. */
  void decoded(Generation generation, int position) {
    generation.holding.computed = position + 1;
  }

  /** Lets a sequence hold all blocks of another. */
  void share(Generation from, Generation to) {
    List<Integer> blocks = from.holding.table().tailFirst();
    Collections.reverse(blocks);
    pool.share(blocks);
    blocks.forEach(to.holding.table()::append);
    to.holding.computed = from.holding.computed;
  }

  /** Whether the block of a position may be written: it is there, and nobody else holds it. */
  boolean isWritable(Generation generation, int position) {
    Holding holding = generation.holding;
    return holding.covers(position) && !pool.isShared(holding.table().blockOf(position));
  }

  /** Copies a position's shared block before it is written; false if there is no block for it. */
  boolean tryCopy(Generation generation, int position) {
    if (!pool.reserve(1)) {
      return false;
    }
    BlockTable table = generation.holding.table();
    int shared = table.blockOf(position);
    int copy = pool.allocate();
    try {
      graph.importBlocks(new int[] {copy}, List.of(graph.exportBlock(shared)));
    } catch (InferenceException e) {
      pool.release(List.of(copy)); // it is in no table, so nobody else would
      throw e;
    }
    table.replace(position / generation.blocks().blockSize(), copy);
    pool.release(List.of(shared));
    return true;
  }

  /** Makes a block that prefill or load has filled findable, if it has a name. */
  private void name(PromptBlocks blocks, Holding holding, int index) {
    if (index < blocks.named()) {
      pool.register(holding.table().block(index), blocks.content(index));
    }
  }

  /** Gives all blocks and promises back. */
  void giveBack(Holding holding) {
    releaseAll(holding);
    keepAside(holding, List.of());
  }

  private void releaseAll(Holding holding) {
    holding.meeting.end();
    pool.unreserve(holding.reservedBlocks);
    pool.release(holding.table().tailFirst());
    holding.table().clear();
    holding.reservedBlocks = 0;
  }

  private void keepAside(Holding holding, List<ByteBuffer> saved) {
    savedBlocks += saved.size() - holding.saved.size();
    holding.saved = List.copyOf(saved);
  }

  /** Gives all blocks back with nothing left in them to be found, or to spoil others. */
  void discard(Holding holding) {
    BlockTable table = holding.table();
    int[] freed = pool.forgetNames(table.tailFirst());
    if (freed.length > 0) {
      try {
        graph.wipeBlocks(freed, pool.blockBytes());
      } catch (InferenceException e) {
        LOG.log(
            Level.ERROR,
            "KVASIR-EN02 {0} blocks of the pool are lost until the next start: {1}",
            table.size(),
            e.getMessage());
        table.clear();
      }
    }
    giveBack(holding);
  }

  /** Whether there is room for what a sequence would keep aside. */
  boolean canKeepAside(Generation generation) {
    Holding holding = generation.holding;
    int more =
        holding.isAside()
            ? 0 // it keeps what it has aside already
            : holding.blocksFor(holding.written()) - namedBlocks(generation);
    return savedBlocks + more <= mostSavedBlocks;
  }

  /** Blocks that are kept aside, of all preempted sequences. */
  int savedBlocks() {
    return savedBlocks;
  }

  /** Keeps aside what could not be computed again, and gives all blocks back. */
  void preempt(Generation generation) {
    Holding holding = generation.holding;
    if (!holding.isAside()) { // else: preempted before it was whole; what is aside is still right
      holding.savedFrom = namedBlocks(generation);
      holding.savedComputed = holding.computed;
      List<ByteBuffer> saved = new ArrayList<>();
      for (int i = holding.savedFrom; i < holding.blocksFor(holding.written()); i++) {
        saved.add(graph.exportBlock(holding.table().block(i)));
      }
      keepAside(holding, saved);
    }
    releaseAll(holding);
    holding.computed = 0;
  }

  private static int namedBlocks(Generation generation) {
    int prefilled = Math.min(generation.holding.computed, generation.prompt().size());
    PromptBlocks blocks = generation.blocks();
    return Math.min(blocks.named(), prefilled / blocks.blockSize());
  }

  /** Takes blocks for a preempted sequence; false if there are not enough now. */
  boolean tryResume(Generation generation) {
    Holding holding = generation.holding;
    int behind = holding.savedFrom + holding.saved.size();
    int wanted = Math.max(behind, holding.blocksFor(generation.prompt().size())) + 1;
    return takeLeading(generation, holding.savedFrom, Math.min(generation.mostBlocks(), wanted));
  }

  /** Puts back what was kept aside, once the blocks before it are there. */
  void restore(Generation generation) {
    Holding holding = generation.holding;
    assert holding.table().size() == holding.savedFrom;
    importBehind(generation, holding.saved);
    keepAside(holding, List.of());
    holding.computed = holding.savedComputed;
  }
}
