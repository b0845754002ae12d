package dev.kvasir.engine;

import dev.kvasir.engine.blend.Mosaic;
import dev.kvasir.engine.schedule.Generation;
import dev.kvasir.engine.schedule.PromptBlocks;
import dev.kvasir.inference.Assembly;
import dev.kvasir.inference.AssemblyOutcome;
import dev.kvasir.inference.BackwardBlocks;
import dev.kvasir.inference.BlockFault;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.inference.KvBlock;
import dev.kvasir.inference.KvLayout;
import dev.kvasir.inference.LoadOutcome;
import dev.kvasir.inference.Sequence;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The caller's end of one generation. Its thread waits for tokens that the step loop's thread
 * computes, a few of them ahead.
 */
public final class EngineSequence implements Sequence {
  private final EngineCore core;
  private final KvLayout layout;
  private final Generation generation;
  private final BooleanSupplier wanted;
  private int blocks;
  private final Set<Integer> finished = new HashSet<>(); // choices
  private boolean assembled;
  private boolean prefilled;
  private boolean closed;

  EngineSequence(EngineCore core, KvLayout layout, Generation generation, BooleanSupplier wanted) {
    this.core = core;
    this.layout = layout;
    this.generation = generation;
    this.wanted = wanted;
    this.blocks = generation.poolTokens() / layout.blockSize();
  }

  @Override
  public int poolTokens() {
    return generation.poolTokens();
  }

  @Override
  public LoadOutcome load(List<KvBlock> offered) {
    requireOpen("load");
    if (assembled) {
      throw new IllegalStateException("blocks are loaded before a sequence is assembled");
    }
    PromptBlocks prompt = generation.blocks();
    int room = prompt.shareable() - blocks;
    List<ByteBuffer> payloads = new ArrayList<>();
    BlockFault fault = null;
    for (int i = 0; i < Math.min(room, offered.size()) && fault == null; i++) {
      KvBlock block = offered.get(i);
      Optional<BlockFault> found = block.findFault(layout, blocks + i, prompt.tokens(blocks + i));
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

  @Override
  public AssemblyOutcome assemble(Assembly assembly) {
    requireOpen("assemble");
    if (assembled) {
      throw new IllegalStateException("the sequence was assembled already");
    }
    Mosaic mosaic = core.assembler().assemble(assembly, generation.blocks().prompt());
    if (mosaic.payloads().isEmpty()) {
      return mosaic.outcome();
    }
    int named = generation.blocks().hashes().size() * layout.blockSize();
    if (mosaic.begin() < named) {
      throw new IllegalArgumentException(
          "approximate rows begin at position %d, but %d positions are named by their content"
              .formatted(mosaic.begin(), named));
    }
    core.loop()
        .call(
            () -> {
              core.scheduler().assemble(generation, mosaic);
              return true;
            });
    assembled = true;
    return mosaic.outcome();
  }

  @Override
  public GeneratedToken prefill() {
    requireOpen("prefill");
    core.loop()
        .call(
            () -> {
              core.scheduler().start(generation);
              return true;
            });
    return first();
  }

  @Override
  public GeneratedToken prefill(BackwardBlocks backward) {
    requireOpen("prefill");
    int end = backward.endBlock();
    int shareable = generation.blocks().shareable();
    if (assembled || end <= blocks || end > shareable) {
      throw new IllegalArgumentException(
          "blocks come before the one of index %d, but %s"
              .formatted(
                  end,
                  assembled
                      ? "the sequence was assembled"
                      : "the index must be %d to %d".formatted(blocks + 1, shareable)));
    }
    core.loop()
        .call(
            () -> {
              core.scheduler().start(generation, end);
              return true;
            });
    new BackwardLoader(core, layout, generation).load(backward, this::cancelIfUnwanted);
    return first();
  }

  @Override
  public int metBlocks() {
    return generation.met().getNow(0);
  }

  private GeneratedToken first() {
    GeneratedToken first = take(0);
    prefilled = true;
    return first;
  }

  @Override
  public GeneratedToken next(int choice) {
    if (closed || !prefilled || finished.contains(choice)) {
      throw new IllegalStateException(
          "next needs an answer that has begun and has not ended, but choice %d is %s"
              .formatted(choice, closed ? "closed" : prefilled ? "at its end" : "not begun"));
    }
    if (generation.choice(choice).startDecode()) {
      wakeLoop();
    }
    return take(choice);
  }

  private GeneratedToken take(int choice) {
    Generation answer = choice == 0 ? generation : generation.choice(choice);
    GeneratedToken token = answer.take(this::wakeLoop, this::cancelIfUnwanted);
    noteEnd(choice, token);
    return token;
  }

  private void cancelIfUnwanted() {
    if (!wanted.getAsBoolean()) {
      cancel();
    }
  }

  private void noteEnd(int choice, GeneratedToken token) {
    if (token.finish() != null) {
      finished.add(choice);
    }
  }

  private void wakeLoop() {
    core.loop().wake();
  }

  @Override
  public double prefillMillis() {
    return generation.prefillNanos() / 1e6;
  }

  private void requireOpen(String call) {
    if (closed || prefilled) {
      throw new IllegalStateException(
          "%s needs a sequence that is open, but this one is %s"
              .formatted(call, closed ? "closed" : "prefilled"));
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
      core.loop().callUnlessStopped(() -> core.scheduler().endAll(generation));
    }
  }
}
