package dev.kvasir.engine.schedule;

import dev.kvasir.engine.blend.Mosaic;
import dev.kvasir.engine.graph.PagedGraph;
import dev.kvasir.engine.paged.BlockPool;
import dev.kvasir.engine.schedule.Generation.Phase;
import dev.kvasir.inference.EngineStats;
import dev.kvasir.inference.IdlePrefill;
import dev.kvasir.inference.IdleRecompute;
import dev.kvasir.inference.IdleStats;
import dev.kvasir.inference.InferenceException;
import dev.kvasir.inference.SequenceRequest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Which sequences run in the next step: continuous batching (Yu et al., Orca, OSDI 2022) with
 * chunked prefill (Agrawal et al., arXiv:2308.16369). Loop's thread only, but for what says
 * otherwise.
 */
public final class Scheduler implements StepLoop.Work {
  /*
   * A step is one token of decode for all sequences whose reader wants tokens (Decoder), then
   * prefill of at most `limits.stepTokens` prompt tokens, the prompts taking turns chunk by
   * chunk (Prefiller); without anybody decoding, there is no latency to guard, and prefill takes a
   * whole chunk, unless blocks are loaded meanwhile, that it may meet (Meeting). Sequences come (Entrance) and go between two steps. None of this changes a bit:
   * rows do not depend on what else is computed beside them (StepRules), so the order of things is
   * free.
   *
   * Who opens waits, in order, until the blocks of the prompt are there. Who decodes takes more, one
   * by one; where none is left, somebody is preempted (Preemption), and so are those whose reader
   * is far behind, while somebody waits to be let in. Preempted ones come back, as
   * soon as their reader wants tokens, before anybody is let in. Sequences that were let in and
   * still load blocks are never preempted; they hold their prompt's and no more.
   *
   * While nobody is there at all, texts are computed that may come (IdlePrefiller), and some of what
   * was loaded, to time it (IdleRecomputer). Whoever opens a sequence takes the blocks of these
   * first, and waits for one block's step at most.
   */

  private final StepRules rules;
  private final ScheduleLimits limits;
  private final Outcomes outcomes;
  private final Residency residency;
  private final Roster roster = new Roster();
  private final Entrance entrance;
  private final Prefiller prefiller;
  private final Preemption preemption;
  private final Decoder decoder;
  private final IdlePrefiller idle;
  private final IdleRecomputer recomputer;
  private volatile EngineStats stats = new EngineStats(0, 0, 0, 0, 0, 0, 0, 0, IdleStats.NONE);

  public Scheduler(PagedGraph graph, BlockPool pool, StepRules rules, ScheduleLimits limits) {
    this.rules = rules;
    this.limits = limits;
    outcomes = new Fates();
    residency = new Residency(pool, graph, limits.savedBytes());
    entrance = new Entrance(residency);
    prefiller = new Prefiller(graph, rules, residency, outcomes, System::nanoTime);
    preemption = new Preemption(roster, residency, prefiller, outcomes);
    decoder = new Decoder(graph, rules, residency, outcomes, System::nanoTime);
    idle = new IdlePrefiller(graph, rules, residency, limits.idleBlocks());
    recomputer = new IdleRecomputer(graph, rules, rules.blockSize(), pool, System::nanoTime);
  }

  /** A sequence to open. Any thread: what takes long is done by the one that asks. */
  public Generation generation(SequenceRequest request, AnswerRules answer) {
    return new Generation(
        request, new Generation.Terms(answer, rules.blockSize(), limits.draftTokens()));
  }

  /**
   * Lets a sequence in, now or when the blocks of its prompt are there.
   *
   * @throws dev.kvasir.inference.PoolExhaustedException if it can never fit the pool
   */
  public void open(Generation generation, CompletableFuture<Generation> outcome) {
    idle.pause();
    recomputer.giveWay();
    entrance.add(generation, outcome);
    roster.arrive(generation);
    admit();
  }

  /** Longest wait of a sequence that is opened. Any thread. */
  public long openWaitNanos() {
    return TimeUnit.MILLISECONDS.toNanos(limits.openWaitMillis());
  }

  /** Lets a sequence wait no longer; no effect if it was let in. */
  public void giveUp(CompletableFuture<Generation> outcome) {
    entrance
        .giveUp(outcome)
        .ifPresent(
            generation -> {
              roster.end(generation);
              admit(); // those behind it may need less
            });
  }

  /** Puts loaded blocks behind those that an open sequence has. */
  public void load(Generation generation, List<ByteBuffer> payloads) {
    requireOpen(generation);
    residency.load(generation, payloads);
  }

  /** Puts an open sequence's prompt together; only what is lacking will be computed. */
  public void assemble(Generation generation, Mosaic mosaic) {
    requireOpen(generation);
    residency.assemble(generation, mosaic);
    Selection lacking =
        Selection.of(mosaic, generation.prompt().size(), generation.blocks().blockSize());
    generation.selection = lacking;
    generation.look = mosaic.check() == null ? null : new Look(mosaic.check(), lacking.begin());
  }

  /** Starts to compute an open sequence. */
  public void start(Generation generation) {
    requireOpen(generation);
    roster.start(generation);
    prefiller.add(generation);
  }

  /** Likewise, while blocks are loaded backwards from the one before {@code endBlock}. */
  public void start(Generation generation, int endBlock) {
    requireOpen(generation);
    residency.expect(generation, endBlock);
    start(generation);
  }

  /**
   * Puts a block into a sequence that is computed, unless computing has come so far; each stands
   * before those that came. Throws nothing.
   */
  public void meet(Generation generation, int block, ByteBuffer payload) {
    try {
      residency.meet(generation, block, payload);
    } catch (InferenceException e) {
      outcomes.fail(generation, e);
    }
  }

  private static void requireOpen(Generation generation) {
    if (generation.phase != Phase.OPEN) {
      throw new IllegalStateException("the sequence was closed while it ran");
    }
  }

  /** Ends all answers to a request wherever they stand, and gives their blocks back. Idempotent. */
  public void endAll(Generation first) {
    InferenceException closed = new InferenceException("the sequence was closed while it ran");
    first.withSiblings().forEach(generation -> end(generation, closed));
  }

  private void end(Generation generation, RuntimeException reason) {
    if (generation.phase != Phase.ENDED) {
      leave(generation);
      generation.outbox.fail(reason);
      residency.giveBack(generation.holding);
      admit();
    }
  }

  private void leave(Generation generation) {
    roster.end(generation);
    prefiller.remove(generation);
  }

  /** Takes on a text to compute while no sequence is there. */
  public void prefillIdle(IdlePrefill text) {
    idle.add(text);
    publishStats();
  }

  /** Takes on blocks to compute once more while no sequence is there. */
  public void recomputeIdle(IdleRecompute blocks) {
    recomputer.take(blocks);
  }

  /** Gives up all such texts and blocks. */
  public void dropIdle() {
    idle.clear();
    recomputer.clear();
    publishStats();
  }

  /** Snapshot of the last step. Any thread. */
  public EngineStats stats() {
    return stats;
  }

  private void publishStats() {
    stats =
        new EngineStats(
            entrance.size(),
            roster.running().size(),
            roster.preempted().size(),
            preemption.count(),
            decoder.steps(),
            decoder.rows(),
            decoder.draftedTokens(),
            decoder.acceptedTokens(),
            idle.stats());
  }

  /** Blocks that preempted sequences keep aside. For tests. */
  int savedBlocks() {
    return residency.savedBlocks();
  }

  @Override
  public boolean step() {
    endCancelled();
    if (!roster.preempted().isEmpty()) {
      admit(); // a reader may want tokens of one again
    }
    long preemptions = preemption.count();
    preemption.begin();
    boolean decoded = decode();
    boolean watched = decoded || roster.isMeeting();
    boolean prefilled =
        prefiller.run(watched ? limits.stepTokens() : rules.chunkTokens(), preemption::makeRoom);
    boolean moved = decoded || prefilled || preemption.count() > preemptions;
    boolean madeWay = entrance.size() > 0 && preemption.makeWayIn();
    boolean goesOn = moved || madeWay || preemption.makeWay();
    publishStats();
    return goesOn;
  }

  @Override
  public boolean spareStep() {
    boolean computed = roster.isEmpty() && (idle.step() || recomputer.step());
    publishStats();
    return computed;
  }

  private void endCancelled() {
    for (Generation generation : roster.cancelled()) {
      generation.outbox.endWith(generation.continuation.cancelled());
      end(generation, new InferenceException("the sequence was cancelled"));
    }
  }

  private boolean decode() {
    List<Generation> ready = new ArrayList<>();
    for (Generation generation : roster.running()) { // an earlier one may preempt a later one
      if (generation.canDecode() && preemption.makeRoom(generation, generation.decodePosition())) {
        ready.add(generation);
      }
    }
    ready.removeIf(generation -> generation.phase != Phase.RUNNING);
    decoder.decode(ready);
    return !ready.isEmpty();
  }

  /** Preempted sequences first, then those that wait to be let in. */
  private void admit() {
    if (preemption.resume()) {
      entrance.admit();
    }
  }

  /** Fails all that is open: the loop has stopped. */
  @Override
  public void end(InferenceException reason) {
    entrance.failAll(reason);
    roster.failAll(reason);
    prefiller.clear();
    dropIdle();
  }

  private final class Fates implements Outcomes {
    @Override
    public void prefilled(Generation generation, float[] logits) {
      if (generation.continuation.size() == 0) {
        fork(generation);
        generation.withSiblings().forEach(each -> deliver(each, logits));
      }
    }

    /** Starts the other answers that were asked for: they hold the same blocks until they write. */
    private void fork(Generation first) {
      List<Generation> siblings = first.fork();
      for (Generation sibling : siblings) {
        roster.arrive(sibling);
        residency.share(first, sibling);
        roster.start(sibling);
      }
      first.setSiblings(siblings);
    }

    @Override
    public boolean deliver(Generation generation, float[] logits) {
      try {
        boolean goesOn = generation.deliver(logits);
        if (!goesOn) {
          Scheduler.this.end(generation, new InferenceException("the answer is complete"));
        }
        return goesOn;
      } catch (RuntimeException e) { // no number among the logits, say: nobody else's matter
        fail(generation, e);
        return false;
      }
    }

    @Override
    public void fail(Generation generation, RuntimeException reason) {
      leave(generation);
      residency.discard(generation.holding);
      generation.outbox.fail(reason);
      admit();
    }

    @Override
    public void end(Generation generation, RuntimeException reason) {
      Scheduler.this.end(generation, reason);
    }

    @Override
    public void admit() {
      Scheduler.this.admit();
    }
  }
}
