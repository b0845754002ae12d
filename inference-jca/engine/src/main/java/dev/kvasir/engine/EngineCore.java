package dev.kvasir.engine;

import dev.kvasir.engine.blend.Assembler;
import dev.kvasir.engine.graph.GraphSession;
import dev.kvasir.engine.paged.BlockPool;
import dev.kvasir.engine.schedule.Scheduler;
import dev.kvasir.engine.schedule.StepLoop;

/**
 * What all sequences of an engine share.
 *
 * @param loop runs scheduler, pool and graph, one thing at a time
 * @param life whether the loop still runs
 * @param scheduler which sequences run in the next step
 * @param pool which physical block holds what
 * @param graph reads and writes them
 * @param watched the same, for steps: knows whether they fail
 * @param assembler puts prompts together from blocks of others
 */
record EngineCore(
    StepLoop loop,
    EngineLife life,
    Scheduler scheduler,
    BlockPool pool,
    GraphSession graph,
    WatchedGraph watched,
    Assembler assembler) {}
