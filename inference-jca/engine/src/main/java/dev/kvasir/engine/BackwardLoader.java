package dev.kvasir.engine;

import dev.kvasir.engine.schedule.Generation;
import dev.kvasir.engine.schedule.PromptBlocks;
import dev.kvasir.inference.BackwardBlocks;
import dev.kvasir.inference.BlockFault;
import dev.kvasir.inference.KvBlock;
import dev.kvasir.inference.KvLayout;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Checks blocks that come for a sequence while it is computed, and hands them to the loop.
 *
 * @param core whose loop computes it
 * @param layout of the blocks
 * @param generation that is computed
 */
record BackwardLoader(EngineCore core, KvLayout layout, Generation generation) {
  private static final long LOOK_MILLIS = 1_000;

  /**
   * Returns when no more come, or none is wanted.
   *
   * @param waiting told about once a second while none comes
   */
  void load(BackwardBlocks backward, Runnable waiting) {
    PromptBlocks prompt = generation.blocks();
    int index = backward.endBlock() - 1;
    KvBlock block = next(backward, waiting);
    while (block != null) {
      Optional<BlockFault> fault = block.findFault(layout, index, prompt.tokens(index));
      if (fault.isPresent()) {
        backward.refused(fault.get());
        return;
      }
      int place = index--;
      ByteBuffer payload = block.payload(layout);
      core.loop().tell(() -> core.scheduler().meet(generation, place, payload));
      block = next(backward, waiting);
    }
  }

  private @Nullable KvBlock next(BackwardBlocks backward, Runnable waiting) {
    if (generation.met().isDone()) {
      return null;
    }
    CompletableFuture<@Nullable KvBlock> next = backward.next();
    CompletableFuture<Object> either = CompletableFuture.anyOf(next, generation.met());
    while (true) {
      try {
        either.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return next.getNow(null);
      } catch (TimeoutException e) {
        waiting.run();
      } catch (ExecutionException e) { // the one that gives them tells why
        return null;
      } catch (InterruptedException e) { // whoever waits for the answer goes on
        Thread.currentThread().interrupt();
        return null;
      }
    }
  }
}
