package dev.kvasir.cache.oracle;

import dev.kvasir.inference.Assembly;
import dev.kvasir.inference.AssemblyOutcome;
import dev.kvasir.inference.BackwardBlocks;
import dev.kvasir.inference.BlockFault;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.inference.KvBlock;
import dev.kvasir.inference.LoadOutcome;
import dev.kvasir.inference.Model;
import dev.kvasir.inference.Sequence;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A sequence nothing of which is computed before so many blocks came from the end of its run, or
 * one did not come.
 */
record HeldSequence(Sequence sequence, Model model, int blocks) implements Sequence {
  @Override
  public GeneratedToken prefill(BackwardBlocks backward) {
    return sequence.prefill(new Held(backward, new HeldSteps(model), blocks));
  }

  private static final class Held implements BackwardBlocks {
    private final BackwardBlocks backward;
    private final HeldSteps steps;
    private int left;

    Held(BackwardBlocks backward, HeldSteps steps, int blocks) {
      this.backward = backward;
      this.steps = steps;
      left = blocks;
    }

    @Override
    public int endBlock() {
      return backward.endBlock();
    }

    @Override
    public CompletableFuture<@Nullable KvBlock> next() {
      if (left-- == 0) {
        steps.release();
      }
      return backward
          .next()
          .whenComplete(
              (block, failure) -> {
                if (block == null) {
                  steps.release();
                }
              });
    }

    @Override
    public void refused(BlockFault fault) {
      backward.refused(fault);
      steps.release();
    }
  }

  @Override
  public int poolTokens() {
    return sequence.poolTokens();
  }

  @Override
  public LoadOutcome load(List<KvBlock> offered) {
    return sequence.load(offered);
  }

  @Override
  public AssemblyOutcome assemble(Assembly assembly) {
    return sequence.assemble(assembly);
  }

  @Override
  public GeneratedToken prefill() {
    return sequence.prefill();
  }

  @Override
  public int metBlocks() {
    return sequence.metBlocks();
  }

  @Override
  public double prefillMillis() {
    return sequence.prefillMillis();
  }

  @Override
  public GeneratedToken next(int choice) {
    return sequence.next(choice);
  }

  @Override
  public void cancel() {
    sequence.cancel();
  }

  @Override
  public void close() {
    sequence.close();
  }
}
