package dev.kvasir.engine;

import dev.kvasir.engine.schedule.Generation;
import dev.kvasir.inference.BlockFault;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.inference.KvBlock;
import dev.kvasir.inference.KvLayout;
import dev.kvasir.inference.LoadOutcome;
import dev.kvasir.inference.Sequence;
import dev.kvasir.inference.SequenceRequest;
import dev.kvasir.inference.TokenIds;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The caller's end of one generation. Its thread waits for tokens that the step loop's thread
 * computes, a few of them ahead.
 */
public final class EngineSequence implements Sequence {
  private enum State {
    OPEN,
    DECODING,
    FINISHED
  }

  private final EngineCore core;
  private final KvLayout layout;
  private final SequenceRequest request;
  private final Generation generation;
  private int blocks;
  private State state = State.OPEN;
  private boolean closed;

  EngineSequence(EngineCore core, KvLayout layout, SequenceRequest request, Generation generation) {
    this.core = core;
    this.layout = layout;
    this.request = request;
    this.generation = generation;
    this.blocks = generation.poolTokens() / layout.blockSize();
  }

  @Override
  public int poolTokens() {
    return generation.poolTokens();
  }

  @Override
  public LoadOutcome load(List<KvBlock> offered) {
    requireState(State.OPEN, "load");
    int room = shareableBlocks() - blocks;
    List<ByteBuffer> payloads = new ArrayList<>();
    BlockFault fault = null;
    for (int i = 0; i < Math.min(room, offered.size()) && fault == null; i++) {
      KvBlock block = offered.get(i);
      Optional<BlockFault> found = block.findFault(layout, blocks + i, blockTokens(blocks + i));
      if (found.isPresent()) {
        fault = found.get();
      } else {
        payloads.add(block.payload(layout));
      }
    }
    if (!payloads.isEmpty()) {
      core.loop()
          .call(
              () -> {
                core.scheduler().load(generation, payloads);
                return true;
              });
    }
    blocks += payloads.size();
    return new LoadOutcome(payloads.size(), fault);
  }

  private int shareableBlocks() {
    return Math.min(
        request.blockHashes().size(), (request.prompt().size() - 1) / layout.blockSize());
  }

  private TokenIds blockTokens(int index) {
    return request.prompt().slice(index * layout.blockSize(), (index + 1) * layout.blockSize());
  }

  @Override
  public GeneratedToken prefill() {
    requireState(State.OPEN, "prefill");
    core.loop()
        .call(
            () -> {
              core.scheduler().start(generation);
              return true;
            });
    return take();
  }

  @Override
  public GeneratedToken next() {
    requireState(State.DECODING, "next");
    if (generation.startDecode()) {
      wakeLoop();
    }
    return take();
  }

  private GeneratedToken take() {
    GeneratedToken token = generation.take(this::wakeLoop);
    state = token.finish() == null ? State.DECODING : State.FINISHED;
    return token;
  }

  private void wakeLoop() {
    core.loop().send(() -> {});
  }

  /**
   * Logits of the first new token, (vocabulary); empty before {@link #prefill}. For tests of
   * equality.
   */
  public float[] firstLogits() {
    return generation.firstLogits();
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
    generation.cancel();
    wakeLoop();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      core.loop().callUnlessStopped(() -> core.scheduler().end(generation));
    }
  }
}
