package dev.kvasir.engine.schedule;

import dev.kvasir.engine.graph.PagedGraph;
import dev.kvasir.engine.paged.BlockPool;
import dev.kvasir.engine.schedule.Generation.Phase;
import dev.kvasir.inference.EngineStats;
import dev.kvasir.inference.InferenceException;
import dev.kvasir.inference.PoolBusyException;
import dev.kvasir.inference.SequenceRequest;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

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
   * more, one by one; where none is left, somebody is preempted: the last of those whose reader is
   * behind, else the sequence that came last, be it the asking one itself. So among those whose
   * readers keep up, the first comes to its end, and then the next is the first. Preempted ones come
   * back, as soon as their reader wants tokens, before anybody is let in. Sequences that were let in
   * and still load blocks are never preempted; they hold their prompt's and no more.
   */

  private record Waiting(Generation generation, CompletableFuture<Generation> outcome) {}

  private final PagedGraph graph;
  private final StepRules rules;
  private final Residency residency;
  private final Decoder decoder;
  private final ScheduleLimits limits;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final Set<Generation> live = new LinkedHashSet<>(); // started and not ended
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

  /** Longest wait of a sequence that is opened. */
  public long openWaitNanos() {
    return TimeUnit.MILLISECONDS.toNanos(limits.openWaitMillis());
  }

  /** Lets a sequence wait no longer; no effect if it was let in. */
  public void giveUp(CompletableFuture<Generation> outcome) {
    for (Waiting each : waiting) {
      if (each.outcome() == outcome) {
        waiting.remove(each);
        outcome.completeExceptionally(busy(each.generation()));
        admit(); // those behind it may need less
        return;
      }
    }
  }

  private PoolBusyException busy(Generation generation) {
    return new PoolBusyException(
        "the prompt needs %d blocks of the engine's pool, but others held them for as long as it may wait"
            .formatted(generation.blocksFor(generation.prompt().size() + 1)));
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
    live.add(generation);
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
      generation.outbox.fail(new InferenceException("the sequence was closed while it ran"));
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
    live.remove(generation);
    running.remove(generation);
    preempted.remove(generation);
    prefilling.remove(generation);
  }

  @Override
  public boolean step() {
    cancelWhereAsked();
    if (!preempted.isEmpty()) {
      admit(); // a reader may want tokens of one again
    }
    boolean decoded = decode();
    boolean prefilled = prefill(decoded ? limits.stepTokens() : rules.chunkTokens());
    boolean moved = !decoded && !prefilled && makeWay();
    publishStats();
    return decoded || prefilled || moved;
  }

  /** Where all that hold blocks wait for their readers: lets one in whose reader waits for it. */
  private boolean makeWay() {
    Generation paused = lastPaused();
    if (paused == null || preempted.stream().noneMatch(Generation::wantsSteps)) {
      return false;
    }
    preempt(paused);
    admit();
    return true;
  }

  private @Nullable Generation lastPaused() {
    Generation last = null;
    for (Generation generation : running) {
      last = generation.wantsSteps() ? last : generation;
    }
    return last;
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
      restore(generation);
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
      live.add(sibling);
      insert(running, sibling);
      siblings.add(sibling);
    }
    first.setSiblings(siblings);
  }

  /** Puts back what was kept aside, and goes on from there. */
  private void restore(Generation generation) {
    try {
      residency.restore(generation);
      queueForPrefill(generation);
    } catch (InferenceException e) {
      fail(generation, e);
    }
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

  /** Takes blocks up to a position; false if the sequence gave way to others, or failed. */
  private boolean makeRoom(Generation generation, int position) {
    try {
      while (!residency.isWritable(generation, position)) {
        boolean there =
            generation.covers(position)
                ? residency.tryCopy(generation, position)
                : residency.tryGrow(generation);
        if (!there) {
          preempt(victim());
        }
        if (generation.phase != Phase.RUNNING) {
          return false;
        }
      }
      return true;
    } catch (InferenceException e) {
      fail(generation, e);
      return false;
    }
  }

  /** Who gives way: the last whose reader is behind, else the last that came. */
  private Generation victim() {
    Generation paused = lastPaused();
    return paused == null ? running.get(running.size() - 1) : paused;
  }

  private void preempt(Generation generation) {
    try {
      residency.preempt(generation);
    } catch (InferenceException e) { // it still holds its blocks, and they cannot be read
      fail(generation, e);
      return;
    }
    preemptions++;
    running.remove(generation);
    prefilling.remove(generation);
    insert(preempted, generation);
  }

  /**
   * Lets preempted sequences come back whose readers want tokens, then waiting ones in, as far as
   * the blocks go.
   */
  private void admit() {
    for (Generation back : preempted.stream().filter(Generation::wantsSteps).toList()) {
      if (back.phase != Phase.PREEMPTED || !residency.tryResume(back)) {
        return;
      }
      preempted.remove(back);
      insert(running, back);
      if (!back.saved.isEmpty() && !back.needsPrefill()) {
        restore(back);
      } else {
        queueForPrefill(back);
      }
    }
    while (!waiting.isEmpty()) {
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
    live.forEach(generation -> generation.outbox.fail(reason));
    live.clear();
    running.clear();
    preempted.clear();
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
