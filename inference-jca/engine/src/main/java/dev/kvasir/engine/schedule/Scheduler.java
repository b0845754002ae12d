package dev.kvasir.engine.schedule;

import dev.kvasir.engine.graph.PagedGraph;
import dev.kvasir.engine.paged.BlockPool;
import dev.kvasir.engine.schedule.Generation.Phase;
import dev.kvasir.inference.EngineStats;
import dev.kvasir.inference.InferenceException;
import dev.kvasir.inference.SequenceRequest;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Which sequences run in the next step: continuous batching (Yu et al., Orca, OSDI 2022) with
 * chunked prefill (Agrawal et al., arXiv:2308.16369). Loop's thread only.
 */
public final class Scheduler implements StepLoop.Work {
  /*
   * A turn is one step of decode for all sequences whose reader wants tokens, then prefill of at
   * most `limits.stepTokens` prompt tokens, the prompts taking turns chunk by chunk; without anybody
   * decoding, there is no latency to guard, and prefill takes a whole chunk. Sequences come and go
   * between two turns. None of this changes a bit: rows do not depend on what else is computed
   * beside them (StepRules), so the order of things is free.
   *
   * Blocks. Who opens waits, in order, until the blocks of the prompt are there. Who decodes takes
   * more, one by one; where none is left, the sequence that came last is preempted, be it the asking
   * one itself. The one that came first is never preempted, so there is always one that comes to
   * its end, and then the next is the first. Preempted ones come back before anybody is let in.
   */

  private record Waiting(Generation generation, CompletableFuture<Generation> outcome) {}

  private final PagedGraph graph;
  private final StepRules rules;
  private final Residency residency;
  private final Decoder decoder;
  private final ScheduleLimits limits;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final List<Generation> running = new ArrayList<>(); // by arrival
  private final List<Generation> preempted = new ArrayList<>(); // by arrival
  private final Deque<Generation> prefilling = new ArrayDeque<>(); // next to compute first
  private long arrivals;
  private long preemptions;
  private volatile EngineStats stats = new EngineStats(0, 0, 0, 0, 0, 0, 0, 0);

  public Scheduler(PagedGraph graph, BlockPool pool, StepRules rules, ScheduleLimits limits) {
    this.graph = graph;
    this.rules = rules;
    this.residency = new Residency(pool, graph);
    this.limits = limits;
    this.decoder = new Decoder(graph, rules, residency, new DecodeOutcomes(), System::nanoTime);
  }

  /**
   * Lets a sequence in, now or when the blocks of its prompt are there.
   *
   * @throws dev.kvasir.inference.PoolExhaustedException if it can never fit the pool
   */
  public void open(
      SequenceRequest request, AnswerRules answer, CompletableFuture<Generation> outcome) {
    Generation generation =
        new Generation(
            arrivals++,
            request,
            0,
            new Generation.Terms(answer, rules.blockSize(), limits.draftTokens()));
    residency.requireRoom(generation);
    waiting.add(new Waiting(generation, outcome));
    admit();
  }

  /** Puts loaded blocks behind those that an open sequence has. */
  public void load(Generation generation, List<ByteBuffer> payloads) {
    requirePhase(generation, Phase.OPEN);
    int first = generation.table.size();
    int[] ids = new int[payloads.size()];
    for (int i = 0; i < ids.length; i++) {
      boolean grown = residency.tryGrow(generation);
      assert grown : "the prompt's blocks are reserved";
      ids[i] = generation.table.block(first + i);
    }
    graph.importBlocks(ids, payloads);
    for (int i = 0; i < ids.length; i++) {
      residency.name(generation, first + i);
    }
    generation.computed = generation.table.size() * rules.blockSize();
  }

  /** Starts to compute an open sequence. */
  public void start(Generation generation) {
    requirePhase(generation, Phase.OPEN);
    generation.phase = Phase.RUNNING;
    insert(running, generation);
    prefilling.add(generation);
  }

  /** Ends all answers to a request wherever they stand, and gives their blocks back. Idempotent. */
  public void endAll(Generation first) {
    first.withSiblings().forEach(this::end);
  }

  private void end(Generation generation) {
    if (generation.phase != Phase.ENDED) {
      leave(generation);
      residency.giveBack(generation);
      admit();
    }
  }

  private void requirePhase(Generation generation, Phase expected) {
    if (generation.phase != expected) {
      throw new IllegalStateException("the sequence was closed while it ran");
    }
  }

  /** Snapshot of the last turn. Any thread. */
  public EngineStats stats() {
    return stats;
  }

  private void publishStats() {
    stats =
        new EngineStats(
            waiting.size(),
            running.size(),
            preempted.size(),
            preemptions,
            decoder.steps(),
            decoder.rows(),
            decoder.guessedTokens(),
            decoder.acceptedTokens());
  }

  private static void insert(List<Generation> byArrival, Generation generation) {
    byArrival.add(generation);
    byArrival.sort(Comparator.comparingLong(g -> g.arrival));
  }

  private void leave(Generation generation) {
    generation.phase = Phase.ENDED;
    running.remove(generation);
    preempted.remove(generation);
    prefilling.remove(generation);
  }

  @Override
  public boolean step() {
    cancelWhereAsked();
    boolean decoded = decode();
    boolean prefilled = prefill(decoded ? limits.stepTokens() : rules.chunkTokens());
    publishStats();
    return decoded || prefilled;
  }

  private void cancelWhereAsked() {
    for (List<Generation> list : List.of(List.copyOf(running), List.copyOf(preempted))) {
      for (Generation generation : list) {
        if (generation.isCancelled()) {
          generation.outbox.endWith(generation.continuation.cancelled());
          end(generation);
        }
      }
    }
  }

  private boolean decode() {
    List<Generation> wanted = running.stream().filter(Generation::canDecode).toList();
    List<Generation> ready = new ArrayList<>();
    for (Generation generation : wanted) { // one that came earlier may preempt a later one
      if (generation.phase == Phase.RUNNING && makeRoom(generation, generation.decodePosition())) {
        ready.add(generation);
      }
    }
    ready.removeIf(generation -> generation.phase != Phase.RUNNING);
    decoder.decode(ready);
    return !ready.isEmpty();
  }

  private boolean prefill(int budget) {
    int left = budget;
    while (left > 0 && !prefilling.isEmpty()) {
      Generation generation = prefilling.removeFirst();
      if (!generation.needsPrefill()) {
        throw new AssertionError("not to be prefilled: " + generation.phase);
      }
      Chunk chunk =
          Chunk.next(generation.computed, generation.prefillEnd(), rules.chunkTokens(), left);
      left -= generation.blocksFor(chunk.size()) * rules.blockSize();
      if (makeRoom(generation, chunk.to() - 1)) {
        compute(generation, chunk);
      }
    }
    return left < budget;
  }

  private void compute(Generation generation, Chunk chunk) {
    float[][] logits;
    try {
      logits =
          graph.step(chunk.prefillStep(generation.prompt(), generation.table, rules.blockSize()));
    } catch (InferenceException e) {
      fail(generation, e);
      return;
    }
    for (int index = chunk.from() / rules.blockSize();
        index < chunk.to() / rules.blockSize();
        index++) {
      residency.name(generation, index);
    }
    generation.computed = chunk.to();
    if (generation.needsPrefill()) {
      prefilling.addLast(generation);
    } else {
      prefilled(generation, logits[0]);
    }
  }

  private void prefilled(Generation generation, float[] logits) {
    if (!generation.saved.isEmpty()) {
      residency.restore(generation);
      queueForPrefill(generation);
    } else if (generation.continuation.size() == 0) {
      fork(generation);
      generation.withSiblings().forEach(each -> deliver(each, logits));
    }
  }

  /** Starts the other answers that were asked for: they hold the same blocks until they write. */
  private void fork(Generation first) {
    List<Generation> siblings = new ArrayList<>();
    for (int choice = 1; choice < first.request.choices(); choice++) {
      Generation sibling = new Generation(arrivals++, first.request, choice, first.terms);
      residency.share(first, sibling);
      sibling.phase = Phase.RUNNING;
      insert(running, sibling);
      siblings.add(sibling);
    }
    first.setSiblings(siblings);
  }

  private void queueForPrefill(Generation generation) {
    if (generation.needsPrefill()) {
      prefilling.addLast(generation);
    }
  }

  /** False if the sequence has ended. */
  private boolean deliver(Generation generation, float[] logits) {
    try {
      boolean goesOn = generation.deliver(logits);
      if (!goesOn) {
        end(generation);
      }
      return goesOn;
    } catch (RuntimeException e) { // no number among the logits, say: nobody else's matter
      fail(generation, e);
      return false;
    }
  }

  private void fail(Generation generation, RuntimeException reason) {
    leave(generation);
    residency.discard(generation);
    generation.outbox.fail(reason);
    admit();
  }

  /** Takes blocks up to a position; false if the sequence had to be preempted instead. */
  private boolean makeRoom(Generation generation, int position) {
    while (!residency.isWritable(generation, position)) {
      boolean there =
          generation.covers(position)
              ? residency.tryCopy(generation, position)
              : residency.tryGrow(generation);
      if (!there) {
        Generation last = running.get(running.size() - 1);
        preempt(last);
        if (last == generation) {
          return false;
        }
      }
    }
    return true;
  }

  private void preempt(Generation generation) {
    preemptions++;
    running.remove(generation);
    prefilling.remove(generation);
    residency.preempt(generation);
    insert(preempted, generation);
  }

  /** Lets preempted sequences come back, then waiting ones in, as far as the blocks go. */
  private void admit() {
    while (!preempted.isEmpty() && residency.tryResume(preempted.get(0))) {
      Generation back = preempted.remove(0);
      insert(running, back);
      if (!back.needsPrefill() && !back.saved.isEmpty()) {
        residency.restore(back);
      }
      queueForPrefill(back);
    }
    while (preempted.isEmpty() && !waiting.isEmpty()) {
      Waiting first = waiting.getFirst();
      if (!residency.tryOpen(first.generation())) {
        return;
      }
      waiting.removeFirst();
      first.outcome().complete(first.generation());
    }
  }

  /** Fails all that is open: the loop has stopped. */
  @Override
  public void end(InferenceException reason) {
    waiting.forEach(each -> each.outcome().completeExceptionally(reason));
    waiting.clear();
    for (List<Generation> list : List.of(running, preempted)) {
      list.forEach(generation -> generation.outbox.fail(reason));
      list.clear();
    }
    prefilling.clear();
  }

  private final class DecodeOutcomes implements Decoder.Outcomes {
    @Override
    public boolean deliver(Generation generation, float[] logits) {
      return Scheduler.this.deliver(generation, logits);
    }

    @Override
    public void fail(Generation generation, InferenceException reason) {
      Scheduler.this.fail(generation, reason);
    }
  }
}
