package dev.kvasir.engine.graph;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;

/** A model's graph over a paged K/V pool. Used by one thread at a time. */
public interface PagedGraph {
  /** Block that fills up tables of shorter rows: read and masked, never written. */
  int PADDING_BLOCK = 0;

  /** Block that takes the K/V of rows that nobody reads: written, never read. */
  int DUMP_BLOCK = 1;

  /** First block that may hold a sequence's K/V. */
  int FIRST_BLOCK = 2;

  /**
   * Runs one step.
   *
   * @return (outputs, vocabulary) logits of the wanted rows
   * @throws dev.kvasir.inference.InferenceException if the graph failed
   */
  float[][] step(StepInput step);

  /**
   * Computes a step's tokens in the layers before one, where their K/V are written, and their
   * values in this one, where nothing is written.
   *
   * @return (tokens, kvHeads * headSize) values
   * @throws dev.kvasir.inference.InferenceException if the graph failed
   */
  float[][] values(StepInput step, int layer);

  /**
   * Copies a block out of the pool.
   *
   * @return (layers, 2, kvHeads, blockSize, headSize) in the compute type, little-endian
   * @throws dev.kvasir.inference.InferenceException if the graph failed
   */
  ByteBuffer exportBlock(int blockId);

  /**
   * Copies blocks into the pool.
   *
   * @param blockIds where they go
   * @param payloads in the form of {@link #exportBlock}; their positions move to their limits
   * @throws dev.kvasir.inference.InferenceException if the graph failed
   */
  void importBlocks(int[] blockIds, List<ByteBuffer> payloads);

  /**
   * Writes zeros into blocks: nothing in them spoils what is computed beside it, as a masked slot
   * weighs nothing only if a number stands in it.
   *
   * @param payloadBytes of a block, as {@link #exportBlock} gives it
   * @throws dev.kvasir.inference.InferenceException if the graph failed
   */
  default void wipeBlocks(int[] blockIds, int payloadBytes) {
    importBlocks(
        blockIds,
        Stream.generate(() -> ByteBuffer.allocate(payloadBytes)).limit(blockIds.length).toList());
  }
}
