package dev.kvasir.engine;

import dev.kvasir.engine.graph.PagedGraph;
import dev.kvasir.engine.graph.StepInput;
import dev.kvasir.inference.InferenceException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A graph whose failing steps are counted. Loop's thread only, but for {@link #isBroken}. */
final class WatchedGraph implements PagedGraph {
  /*
   * A step that fails is the matter of the requests in it: they end with an error, others go on. When one step after
   * another fails (no memory is left, or the graph itself is broken), the node should get no more requests, so its
   * engine says that it does not serve. Whoever asks then, the health check say, has the graph tried with a step of one
   * token, which nobody's blocks know of; the first step that works ends it. A flood of questions, or of requests,
   * which ask too, tries no more often than once in a while.
   */

  static final int MOST_FAILURES = 8;
  static final long TRY_NANOS = 1_000_000_000;

  private static final StepInput ONE_TOKEN =
      new StepInput(
          new int[] {0},
          new int[] {0},
          new int[] {DUMP_BLOCK},
          new int[] {0},
          new int[][] {{DUMP_BLOCK}},
          new int[] {0});

  private final PagedGraph graph;
  private final LongSupplier nanoTime;
  private int failures; // one after another
  private volatile boolean broken;
  private @Nullable InferenceException lastFailure;
  private long lastNanos;

  WatchedGraph(PagedGraph graph, LongSupplier nanoTime) {
    this.graph = graph;
    this.nanoTime = nanoTime;
  }

  @Override
  public float[][] step(StepInput step) {
    return counted(() -> graph.step(step));
  }

  @Override
  public float[][] values(StepInput step, int layer) {
    return counted(() -> graph.values(step, layer));
  }

  private float[][] counted(Supplier<float[][]> run) {
    try {
      float[][] rows = run.get();
      count(0);
      return rows;
    } catch (InferenceException e) {
      lastFailure = e;
      lastNanos = nanoTime.getAsLong();
      count(failures + 1);
      throw e;
    }
  }

  private void count(int failuresNow) {
    failures = failuresNow;
    broken = failures >= MOST_FAILURES;
  }

  /** Whether one step after another has failed, up to now. Any thread. */
  boolean isBroken() {
    return broken;
  }

  /**
   * Tries the graph if it is broken.
   *
   * @throws InferenceException with the reason if it still is
   */
  void requireWorking() {
    if (isBroken() && nanoTime.getAsLong() - lastNanos >= TRY_NANOS) {
      try {
        step(ONE_TOKEN);
      } catch (InferenceException e) {
        // counted, and said below
      }
    }
    InferenceException last = lastFailure;
    if (isBroken() && last != null) {
      throw new InferenceException(
          "%d steps of the graph failed, one after another: %s"
              .formatted(failures, last.getMessage()),
          last);
    }
  }

  @Override
  public ByteBuffer exportBlock(int blockId) {
    return graph.exportBlock(blockId);
  }

  @Override
  public void importBlocks(int[] blockIds, List<ByteBuffer> payloads) {
    graph.importBlocks(blockIds, payloads);
  }
}
