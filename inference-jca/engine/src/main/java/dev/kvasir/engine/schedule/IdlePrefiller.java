package dev.kvasir.engine.schedule;

import dev.kvasir.engine.graph.PagedGraph;
import dev.kvasir.engine.sample.Logits;
import dev.kvasir.inference.IdlePrefill;
import dev.kvasir.inference.IdleStats;
import dev.kvasir.inference.InferenceException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Computes texts that prompts may begin with, while no sequence is there. Loop's thread only. */
final class IdlePrefiller {
  /*
   * What decode writes is not shared, as nothing proves that it has the bits of prefill. So the
   * blocks of an answer are prefilled behind its prompt's, by the chunks that a prompt has
   * (Chunk): whoever finds them finds what it would have computed itself.
   *
   * A step is one block, the least there is, since a request that comes meanwhile waits for it.
   * Each block has its name as soon as it is computed; so pausing, which gives all blocks back,
   * loses nothing but the place in the text, and that is found again by the names.
   *
   * What waits is bounded in blocks. The most urgent comes first, and of equal ones the last: who
   * was answered long ago has asked again, or will not. Who is last by that order is dropped. Where
   * the pool has given away what the prompt's prefill had left there, others need the room more.
   */

  private static final Logger LOG = System.getLogger(IdlePrefiller.class.getName());

  private static final Comparator<Job> FIRST_COMES =
      Comparator.<Job>comparingInt(job -> -job.work.urgency())
          .thenComparingLong(job -> -job.arrival);

  private final PagedGraph graph;
  private final StepRules rules;
  private final Residency residency;
  private final int mostBlocks;
  private final TreeSet<Job> waiting = new TreeSet<>(FIRST_COMES);
  private @Nullable Job begun;
  private long arrivals;
  private int leftBlocks;
  private long computedTokens;
  private long sharedBlocks;
  private long droppedBlocks;

  /**
   * @param mostBlocks that may wait to be computed
   */
  IdlePrefiller(PagedGraph graph, StepRules rules, Residency residency, int mostBlocks) {
    this.graph = graph;
    this.rules = rules;
    this.residency = residency;
    this.mostBlocks = mostBlocks;
  }

  /** Puts a text to those that wait; the last of them are dropped where they are too many. */
  void add(IdlePrefill work) {
    if (mostBlocks == 0) {
      return;
    }
    Job job = new Job(work, arrivals++, rules.blockSize());
    waiting.add(job);
    leftBlocks += job.left;
    while (leftBlocks > mostBlocks && !waiting.isEmpty()) {
      drop(waiting.pollLast());
    }
  }

  /** Computes a block; false if there is none to compute. */
  boolean step() {
    Job job = begun == null ? begin() : begun;
    begun = job;
    if (job != null && !compute(job)) {
      begun = null;
    }
    return job != null;
  }

  /** The next text that lacks blocks, with those that it has; null if there is none. */
  private @Nullable Job begin() {
    Job job = waiting.pollFirst();
    while (job != null) {
      residency.takeFound(job.blocks, job.holding);
      int found = job.holding.table().size();
      leftBlocks -= job.left;
      job.left = job.blocks.named() - found;
      leftBlocks += job.left;
      if (found < job.work.knownBlocks()) {
        residency.giveBack(job.holding);
        drop(job);
      } else if (job.left == 0) {
        finish(job);
      } else {
        return job;
      }
      job = waiting.pollFirst();
    }
    return null;
  }

  /** Computes the next block of a text; false if that was the last of it. */
  private boolean compute(Job job) {
    Holding holding = job.holding;
    if (!residency.tryGrow(holding)) { // it fills the whole pool
      residency.giveBack(holding);
      drop(job);
      return false;
    }
    int end = job.blocks.named() * rules.blockSize();
    Chunk chunk = Chunk.next(holding.computed(), end, rules.chunkTokens(), rules.blockSize());
    try {
      float[][] logits =
          graph.step(chunk.prefillStep(job.work.text(), holding.table(), rules.blockSize()));
      Logits.requireNumbers(logits[0]);
    } catch (InferenceException e) {
      LOG.log(Level.WARNING, "KVASIR-EN08 an answer could not be prefilled: {0}", e.getMessage());
      residency.discard(holding);
      drop(job);
      return false;
    }
    residency.prefilled(job.blocks, holding, chunk);
    computedTokens += chunk.size();
    sharedBlocks++;
    job.left--;
    leftBlocks--;
    if (job.left == 0) {
      finish(job);
    }
    return job.left > 0;
  }

  private void finish(Job job) {
    residency.giveBack(job.holding);
    try {
      job.work.whenShared().run();
    } catch (RuntimeException | LinkageError e) { // its application may have been stopped
      LOG.log(Level.WARNING, "KVASIR-EN09 nobody hears of a prefilled answer: {0}", e.toString());
    }
  }

  private void drop(Job job) {
    leftBlocks -= job.left;
    droppedBlocks += job.left;
  }

  /** Gives all blocks back: somebody else needs engine and pool. */
  void pause() {
    Job paused = begun;
    if (paused != null) {
      begun = null;
      residency.giveBack(paused.holding);
      waiting.add(paused);
    }
  }

  /** Gives all texts up. */
  void clear() {
    pause();
    while (!waiting.isEmpty()) {
      drop(waiting.pollLast());
    }
  }

  /** What was done so far, and waits. */
  IdleStats stats() {
    return new IdleStats(leftBlocks, computedTokens, sharedBlocks, droppedBlocks);
  }

  /** A text with the blocks that it holds, and how many it lacks. */
  private static final class Job {
    final IdlePrefill work;
    final long arrival;
    final PromptBlocks blocks;
    final Holding holding;
    int left;

    Job(IdlePrefill work, long arrival, int blockSize) {
      this.work = work;
      this.arrival = arrival;
      blocks = new PromptBlocks(work.text(), work.blockHashes(), blockSize);
      holding = new Holding(blockSize);
      left = work.blockHashes().size() - work.knownBlocks();
    }
  }
}
