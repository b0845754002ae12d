package dev.kvasir.engine;

import dev.kvasir.engine.graph.GraphSession;
import dev.kvasir.engine.paged.BlockPool;
import dev.kvasir.engine.schedule.StepLoop;

/**
 * What all sequences of an engine share.
 *
 * @param loop runs one step at a time on the other two
 * @param pool which physical block holds what
 * @param graph reads and writes them
 * @param chunkTokens most tokens of a prefill step
 */
record EngineCore(StepLoop loop, BlockPool pool, GraphSession graph, int chunkTokens) {}
