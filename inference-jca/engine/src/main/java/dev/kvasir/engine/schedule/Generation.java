package dev.kvasir.engine.schedule;

import dev.kvasir.engine.draft.Drafting;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.inference.SequenceRequest;
import dev.kvasir.inference.TokenIds;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

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
   * @param draftTokens most tokens of a draft
   */
  record Terms(AnswerRules rules, int blockSize, int draftTokens) {}

  final Continuation continuation;
  final Drafting drafting;
  final Outbox outbox = new Outbox();
  final Holding holding;

  /** Which positions of its prompt prefill computes. Loop's thread only. */
  Selection selection = Selection.ALL;

  /** What has to be seen before more of that is known; null: nothing. Loop's thread only. */
  @Nullable Look look;

  private final SequenceRequest request;
  private final Terms terms;

  /** Its place in the order of arrival. Written by {@link Roster}. */
  long arrival;

  /** Written by {@link Roster}. */
  Phase phase = Phase.OPEN;

  /** Told the logits of the first new token, (vocabulary). */
  private Consumer<float[]> firstLogits = logits -> {};

  /** Other answers to the same request. Any thread, once the first token was taken. */
  private volatile List<Generation> siblings = List.of();

  /** Time of the steps that computed its prompt. Any thread, once the first token was taken. */
  private long prefillNanos; // not written after that

  private volatile boolean decodeWanted;
  private volatile boolean cancelled;

  /** The first answer to a request. Any thread. */
  Generation(SequenceRequest request, Terms terms) {
    this(request, terms, 0, new Drafting(request.prompt(), terms.draftTokens()));
  }

  private Generation(SequenceRequest request, Terms terms, int choice, Drafting drafting) {
    this.request = request;
    this.terms = terms;
    this.holding = new Holding(terms.blockSize());
    this.continuation = new Continuation(request, terms.rules(), choice);
    this.drafting = drafting;
  }

  /** The other answers to its request, which begin where its prompt ends. */
  List<Generation> fork() {
    return IntStream.range(1, request.choices())
        .mapToObj(index -> new Generation(request, terms, index, drafting.fork()))
        .toList();
  }

  TokenIds prompt() {
    return request.prompt();
  }

  /** Its prompt in blocks. Any thread. */
  public PromptBlocks blocks() {
    return new PromptBlocks(request.prompt(), request.blockHashes(), terms.blockSize());
  }

  /** The look that its next step takes; null if that computes as any other. */
  @Nullable Look nextLook() {
    Look next = look;
    boolean isNext = next != null && !holding.isAside() && holding.computed() >= next.begin();
    return isNext ? next : null;
  }

  /** Whether prefill has to compute more; a restored sequence up to what was kept aside. */
  boolean needsPrefill() {
    return phase == Phase.RUNNING && holding.computed() < prefillEnd();
  }

  /** Behind the last position that prefill has to compute now. */
  int prefillEnd() {
    return holding.isAside() ? holding.asideFrom() : prompt().size();
  }

  /** Whether it could go on if it had its blocks: its reader is not behind. */
  boolean wantsSteps() {
    return continuation.size() == 0 || (decodeWanted && !isBehind());
  }

  /** Whether its reader is as far behind as it may be. */
  boolean isBehind() {
    return outbox.isFull();
  }

  /** Whether the next step may compute a token of it. */
  boolean canDecode() {
    return phase == Phase.RUNNING
        && !holding.isAside()
        && holding.computed() >= prompt().size()
        && wantsSteps();
  }

  /** The position that the next decoded row computes. */
  int decodePosition() {
    return prompt().size() + continuation.size() - 1;
  }

  /** Blocks that it needs to be let in: those of its prompt and of its first token. */
  int blocksToOpen() {
    return holding.blocksFor(prompt().size() + 1);
  }

  /** Blocks that a sequence of this request can need in all. */
  int mostBlocks() {
    int longest = Math.min(terms.rules().contextTokens(), prompt().size() + request.maxNewTokens());
    return holding.blocksFor(longest);
  }

  /** Chooses a token from logits and hands it over; false if it was the last. */
  boolean deliver(float[] logits) {
    if (continuation.size() == 0) {
      firstLogits.accept(logits);
    }
    GeneratedToken token = continuation.take(logits);
    drafting.add(token.tokenId());
    outbox.offer(token);
    return token.finish() == null;
  }

  /** Leading tokens that stood in the pool at open. Any thread. */
  public int poolTokens() {
    return holding.foundTokens();
  }

  /** How many blocks that were loaded meanwhile stay, once no more are taken. Once started. */
  public CompletableFuture<Integer> met() {
    return holding.meeting.met();
  }

  /** Lets somebody see the logits of the first new token, (vocabulary). Before it is opened. */
  public void watchFirstLogits(Consumer<float[]> watcher) {
    firstLogits = watcher;
  }

  /** Counts a step of its prompt. */
  void addPrefillNanos(long stepNanos) {
    if (continuation.size() == 0) { // else: of a preempted one that comes back
      prefillNanos += stepNanos;
    }
  }

  /** Time of the steps that computed its prompt. Any thread, once the first token was taken. */
  public long prefillNanos() {
    return prefillNanos;
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
   * @param waiting told about once a second while none has come
   * @throws RuntimeException if the sequence failed
   */
  public GeneratedToken take(Runnable madeRoom, Runnable waiting) {
    return outbox.take(madeRoom, waiting);
  }
}
