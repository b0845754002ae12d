package dev.kvasir.engine;

import dev.kvasir.engine.paged.BlockTable;
import dev.kvasir.engine.paged.CachedBlock;
import dev.kvasir.engine.sample.Sampler;
import dev.kvasir.engine.schedule.Chunk;
import dev.kvasir.engine.text.AnswerText;
import dev.kvasir.inference.BlockFault;
import dev.kvasir.inference.FinishReason;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.inference.KvBlock;
import dev.kvasir.inference.LoadOutcome;
import dev.kvasir.inference.ModelInfo;
import dev.kvasir.inference.Sequence;
import dev.kvasir.inference.SequenceRequest;
import dev.kvasir.inference.TokenIds;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One generation on the engine. Its caller's thread waits while the step loop's thread works on it.
 */
public final class EngineSequence implements Sequence {
  /** Token id of a step that was cancelled before it chose one. */
  private static final int NO_TOKEN = -1;

  private enum State {
    OPEN,
    DECODING,
    FINISHED
  }

  private final EngineCore core;
  private final ModelInfo model;
  private final SequenceRequest request;
  private final Set<Integer> endTokens;
  private final AnswerText text;
  private final Sampler sampler;
  private final BlockTable table; // loop thread only
  private final int poolTokens;
  private int reservedBlocks; // loop thread only
  private boolean released; // loop thread only
  private int generatedTokens;
  private int lastToken = NO_TOKEN;
  private float[] firstLogits = {}; // (vocabulary)
  private State state = State.OPEN;
  private boolean closed;
  private volatile boolean cancelled;

  private EngineSequence(Opening opening, List<Integer> leading, int reservedBlocks) {
    this.core = opening.core;
    this.model = opening.model;
    this.request = opening.request;
    this.endTokens = opening.endTokens;
    this.text = opening.text;
    this.sampler = new Sampler(request.sampling());
    this.table = new BlockTable(blockSize());
    leading.forEach(table::append);
    this.poolTokens = leading.size() * blockSize();
    this.reservedBlocks = reservedBlocks;
  }

  /** What a sequence is made of, before it has blocks. */
  record Opening(
      EngineCore core,
      ModelInfo model,
      SequenceRequest request,
      Set<Integer> endTokens,
      AnswerText text) {
    /**
     * Takes the leading blocks and promises the rest; null if there are not enough now. Loop thread
     * only.
     */
    @Nullable EngineSequence tryOpen() {
      int blockSize = model.layout().blockSize();
      TokenIds prompt = request.prompt();
      int shareable = Math.min(request.blockHashes().size(), (prompt.size() - 1) / blockSize);
      List<TokenIds> tokens = new ArrayList<>();
      for (int index = 0; index < shareable; index++) {
        tokens.add(prompt.slice(index * blockSize, (index + 1) * blockSize));
      }
      List<Integer> leading =
          core.pool().acquireLeading(request.blockHashes().subList(0, shareable), tokens);
      int longest = Math.min(model.contextTokens(), prompt.size() + request.maxNewTokens());
      int missing = (longest + blockSize - 1) / blockSize - leading.size();
      boolean promised = false;
      try {
        promised = core.pool().reserve(missing);
        return promised ? new EngineSequence(this, leading, missing) : null;
      } finally {
        if (!promised) {
          Collections.reverse(leading);
          core.pool().release(leading);
        }
      }
    }
  }

  private int blockSize() {
    return model.layout().blockSize();
  }

  @Override
  public int poolTokens() {
    return poolTokens;
  }

  @Override
  public LoadOutcome load(List<KvBlock> blocks) {
    requireState(State.OPEN, "load");
    int first = table.size();
    int room =
        Math.min(request.blockHashes().size(), (request.prompt().size() - 1) / blockSize()) - first;
    List<ByteBuffer> payloads = new ArrayList<>();
    BlockFault fault = null;
    for (int i = 0; i < Math.min(room, blocks.size()) && fault == null; i++) {
      KvBlock block = blocks.get(i);
      Optional<BlockFault> found =
          block.findFault(model.layout(), first + i, blockTokens(first + i));
      if (found.isPresent()) {
        fault = found.get();
      } else {
        payloads.add(block.payload(model.layout()));
      }
    }
    if (!payloads.isEmpty()) {
      core.loop().call(() -> importBehind(first, payloads));
    }
    return new LoadOutcome(payloads.size(), fault);
  }

  private boolean importBehind(int first, List<ByteBuffer> payloads) {
    requireBlocks();
    int[] ids = new int[payloads.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = appendBlock();
    }
    core.graph().importBlocks(ids, payloads);
    for (int i = 0; i < ids.length; i++) {
      register(first + i);
    }
    return true;
  }

  @Override
  public GeneratedToken prefill() {
    requireState(State.OPEN, "prefill");
    int promptTokens = request.prompt().size();
    float[] logits = {};
    for (int done = table.size() * blockSize(); done < promptTokens; ) {
      if (cancelled) {
        return finish(NO_TOKEN, FinishReason.CANCELLED);
      }
      Chunk chunk = Chunk.next(done, promptTokens, core.chunkTokens());
      logits = core.loop().call(() -> compute(chunk));
      done = chunk.to();
    }
    firstLogits = logits;
    state = State.DECODING;
    return take(sampler.choose(logits));
  }

  private float[] compute(Chunk chunk) {
    requireBlocks();
    while (table.size() * blockSize() < chunk.to()) {
      appendBlock();
    }
    float[][] logits = core.graph().step(chunk.prefillStep(request.prompt(), table, blockSize()));
    for (int index = chunk.from() / blockSize(); index < chunk.to() / blockSize(); index++) {
      register(index);
    }
    return logits[0];
  }

  @Override
  public GeneratedToken next() {
    requireState(State.DECODING, "next");
    if (cancelled) {
      return finish(NO_TOKEN, FinishReason.CANCELLED);
    }
    return take(sampler.choose(core.loop().call(this::decode)));
  }

  private float[] decode() {
    requireBlocks();
    int position = request.prompt().size() + generatedTokens - 1;
    if (table.size() * blockSize() <= position) {
      appendBlock();
    }
    return core.graph().step(Chunk.decodeStep(lastToken, position, table))[0];
  }

  private GeneratedToken take(int token) {
    lastToken = token;
    generatedTokens++;
    boolean ended = endTokens.contains(token) && !request.sampling().ignoreEos();
    String shown = ended ? "" : text.push(token);
    if (ended || text.stopped()) {
      return finish(token, shown, FinishReason.STOP);
    }
    boolean full =
        generatedTokens == request.maxNewTokens()
            || request.prompt().size() + generatedTokens >= model.contextTokens();
    return full
        ? finish(token, shown, FinishReason.LENGTH)
        : new GeneratedToken(token, shown, null);
  }

  private GeneratedToken finish(int token, FinishReason reason) {
    return finish(token, "", reason);
  }

  private GeneratedToken finish(int token, String shown, FinishReason reason) {
    state = State.FINISHED;
    return new GeneratedToken(token, shown + text.finish(), reason);
  }

  /**
   * Logits of the first new token, (vocabulary); empty before {@link #prefill}. For tests of
   * equality.
   */
  public float[] firstLogits() {
    return firstLogits.clone();
  }

  private TokenIds blockTokens(int index) {
    return request.prompt().slice(index * blockSize(), (index + 1) * blockSize());
  }

  private int appendBlock() {
    int block = core.pool().allocate();
    reservedBlocks--;
    table.append(block);
    return block;
  }

  /** A container may close from another thread: by then the blocks are somebody else's. */
  private void requireBlocks() {
    if (released) {
      throw new IllegalStateException("the sequence was closed while it ran");
    }
  }

  /** Makes a block that prefill or load has filled findable, if the caller gave it a name. */
  private void register(int index) {
    if (index < request.blockHashes().size()) {
      core.pool()
          .register(
              table.block(index),
              new CachedBlock(request.blockHashes().get(index), index, blockTokens(index)));
    }
  }

  private void requireState(State expected, String call) {
    if (closed || state != expected) {
      throw new IllegalStateException(
          "%s needs a sequence that is %s, but this one is %s"
              .formatted(call, expected, closed ? "CLOSED" : state));
    }
  }

  @Override
  public void cancel() {
    cancelled = true;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    core.loop()
        .callUnlessStopped(
            () -> {
              released = true;
              core.pool().unreserve(reservedBlocks);
              core.pool().release(table.tailFirst());
              core.loop().retryWaiting();
            });
  }
}
