package dev.kvasir.engine.schedule;

import java.util.concurrent.CompletableFuture;

/**
 * Where computing a prompt from its front meets blocks that are loaded from the end of a run
 * backwards (Cake, arXiv:2410.03065). Loop's thread only, but for {@link #met}.
 */
final class Meeting {
  /*
   *      computed        not yet          loaded        tail
   *   |=============>|............|<==================|......|
   *                               from                to
   *
   * The loaded blocks are always a whole end of the run: the next one to come is the one before
   * `from`, and none comes after one that did not. A step computes up to `from` at most, so nothing
   * is computed over that was loaded; when it gets there, computing goes on at `to`. The loaded
   * blocks have no name before that, as nobody finds a block without those before it.
   *
   * Both parts end at block borders, where any prompt may be cut (Chunk), so no bit depends on
   * where they meet.
   */

  /** Of a sequence that nothing is loaded for while it is computed. */
  static final Meeting NONE = over();

  private final int to;
  private int from;
  private final CompletableFuture<Integer> met = new CompletableFuture<>();

  /** Before the first block has come, the one before {@code to}. */
  Meeting(int to) {
    this.to = to;
    from = to;
  }

  private static Meeting over() {
    Meeting none = new Meeting(0);
    none.end();
    return none;
  }

  /** Completes with the number of loaded blocks that stay, once no more are taken. Any thread. */
  CompletableFuture<Integer> met() {
    return met;
  }

  boolean isOver() {
    return met.isDone();
  }

  /** The first block that is not to be computed; the largest number there is if there is none. */
  int firstLoaded() {
    return isOver() || from == to ? Integer.MAX_VALUE : from;
  }

  /** Whether a block is the next to come, and computing has not. */
  boolean takes(int block, int computedBlocks) {
    return !isOver() && block == from - 1 && block >= computedBlocks;
  }

  /** A block that it takes stands in its place. */
  void loaded(int block) {
    from = block;
  }

  /** So many leading blocks are computed; how many are with what was loaded behind them. */
  int reached(int computedBlocks) {
    if (isOver() || computedBlocks < from) {
      return computedBlocks;
    }
    met.complete(to - from);
    return Math.max(computedBlocks, to);
  }

  /** Takes no more; what was loaded is given up, unless computing has reached it. */
  void end() {
    met.complete(0);
  }
}
