package dev.kvasir.engine.schedule;

import dev.kvasir.engine.paged.BlockTable;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.inference.SequenceRequest;
import dev.kvasir.inference.TokenIds;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One sequence as the schedule sees it. Loop's thread only, but for what says otherwise.
 *
 * <p>Opened it holds the blocks of its prompt; started it is prefilled, then decodes as long as its
 * reader wants tokens. A started one can be preempted: its blocks are given back, and what nobody
 * could compute again bit for bit is kept aside.
 */
public final class Generation {
  /** Where a sequence stands. */
  enum Phase {
    /** Waits for the blocks of its prompt, or has them and a caller who still loads some. */
    OPEN,
    /** Takes part in steps. */
    RUNNING,
    /** Waits for blocks. */
    PREEMPTED,
    /** Has nothing any more. */
    ENDED
  }

  /**
   * What does not depend on the request.
   *
   * @param rules of answers
   * @param blockSize tokens per block
   * @param draftTokens most tokens of a guess
   */
  record Terms(AnswerRules rules, int blockSize, int draftTokens) {}

  final long arrival;
  final SequenceRequest request;
  final int choice;
  final Terms terms;
  final BlockTable table;
  final Continuation continuation;
  final Drafting drafting;
  final Outbox outbox = new Outbox();
  final int blockSize;

  Phase phase = Phase.OPEN;

  /** Leading positions whose K/V stand in the pool. */
  int computed;

  /** Leading blocks that were found in the pool at open. */
  int foundBlocks;

  /** Blocks promised by the pool and not yet taken. */
  int reservedBlocks;

  /** What preemption kept aside: the blocks behind the first {@link #savedFrom}. */
  List<ByteBuffer> saved = List.of();

  int savedFrom;

  /** Positions that were computed when it was preempted. */
  int savedComputed;

  /** Logits of the first new token, (vocabulary). Any thread, once the first token was taken. */
  private volatile float[] firstLogits = {};

  /** Other answers to the same request. Any thread, once the first token was taken. */
  private volatile List<Generation> siblings = List.of();

  private volatile boolean decodeWanted;
  private volatile boolean cancelled;

  Generation(long arrival, SequenceRequest request, int choice, Terms terms) {
    this.arrival = arrival;
    this.request = request;
    this.choice = choice;
    this.terms = terms;
    this.blockSize = terms.blockSize();
    this.table = new BlockTable(blockSize);
    this.continuation = new Continuation(request, terms.rules(), choice);
    this.drafting = new Drafting(request.prompt(), terms.draftTokens());
  }

  TokenIds prompt() {
    return request.prompt();
  }

  /** Blocks of the prompt that have a name and may be found by it: not the last token's. */
  int shareableBlocks() {
    return Math.min(request.blockHashes().size(), (prompt().size() - 1) / blockSize);
  }

  List<BlockHash> hashes(int blocks) {
    return request.blockHashes().subList(0, blocks);
  }

  TokenIds blockTokens(int index) {
    return prompt().slice(index * blockSize, (index + 1) * blockSize);
  }

  /** Whether prefill has to compute more; a restored sequence up to what was kept aside. */
  boolean needsPrefill() {
    return phase == Phase.RUNNING && computed < prefillEnd();
  }

  /** Behind the last position that prefill has to compute now. */
  int prefillEnd() {
    return saved.isEmpty() ? prompt().size() : savedFrom * blockSize;
  }

  /** Whether it could go on if it had its blocks: its reader is not behind. */
  boolean wantsSteps() {
    return continuation.size() == 0 || (decodeWanted && !outbox.isFull());
  }

  /** Whether the next step may compute a token of it. */
  boolean canDecode() {
    return phase == Phase.RUNNING && saved.isEmpty() && computed >= prompt().size() && wantsSteps();
  }

  /** The position that the next decoded row computes. */
  int decodePosition() {
    return prompt().size() + continuation.size() - 1;
  }

  /** Whether the block of a position is there. */
  boolean covers(int position) {
    return position < table.size() * blockSize;
  }

  /** Blocks that a sequence of this request can need in all. */
  int mostBlocks() {
    int longest = Math.min(terms.rules().contextTokens(), prompt().size() + request.maxNewTokens());
    return blocksFor(longest);
  }

  int blocksFor(int positions) {
    return (positions + blockSize - 1) / blockSize;
  }

  /** Chooses a token from logits and hands it over; false if it was the last. */
  boolean deliver(float[] logits) {
    if (continuation.size() == 0) {
      firstLogits = logits;
    }
    GeneratedToken token = continuation.take(logits);
    drafting.add(token.tokenId());
    outbox.offer(token);
    return token.finish() == null;
  }

  /** Leading tokens that stood in the pool at open. Any thread. */
  public int poolTokens() {
    return foundBlocks * blockSize;
  }

  /** Logits of the first new token, (vocabulary); empty before it. Any thread. */
  public float[] firstLogits() {
    return firstLogits.clone();
  }

  /**
   * One of the answers to the request, by index. Any thread, once the first token was taken.
   *
   * @throws IllegalArgumentException if so many were not asked for
   */
  public Generation choice(int index) {
    if (index < 0 || index > siblings.size()) {
      throw new IllegalArgumentException(
          "choice is %d, but must be 0 to %d".formatted(index, siblings.size()));
    }
    return index == 0 ? this : siblings.get(index - 1);
  }

  /** This answer and all others to the request. */
  List<Generation> withSiblings() {
    List<Generation> all = new ArrayList<>(siblings);
    all.add(0, this);
    return all;
  }

  void setSiblings(List<Generation> others) {
    siblings = List.copyOf(others);
    if (cancelled) { // meanwhile
      siblings.forEach(Generation::cancel);
    }
  }

  /** Lets it decode from now on; false if it does so already. One thread, not the loop's. */
  public boolean startDecode() {
    boolean starts = !decodeWanted;
    decodeWanted = true;
    return starts;
  }

  /** Asks for its end at the next step. Any thread. */
  public void cancel() {
    cancelled = true;
    siblings.forEach(Generation::cancel);
  }

  boolean isCancelled() {
    return cancelled;
  }

  /**
   * Waits for the next token. Any thread but the loop's.
   *
   * @param madeRoom told when the loop may go on after it waited for the reader
   * @throws RuntimeException if the sequence failed
   */
  public GeneratedToken take(Runnable madeRoom) {
    return outbox.take(madeRoom);
  }
}
