package dev.kvasir.ra;

import dev.kvasir.inference.Assembly;
import dev.kvasir.inference.AssemblyOutcome;
import dev.kvasir.inference.BackwardBlocks;
import dev.kvasir.inference.FinishReason;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.inference.InferenceException;
import dev.kvasir.inference.KvBlock;
import dev.kvasir.inference.KvRun;
import dev.kvasir.inference.LoadOutcome;
import dev.kvasir.inference.Model;
import dev.kvasir.inference.PoolExhaustedException;
import dev.kvasir.inference.Sequence;
import dev.kvasir.inference.SequenceRequest;
import dev.kvasir.inference.TextEmbedder;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** An engine of single-token answers that fails on request and counts its open sequences. */
final class TestingInference implements Inference {
  int openSequences;
  @Nullable RuntimeException failure;

  static InferenceException graphFailure() {
    return new InferenceException("the graph failed");
  }

  static PoolExhaustedException poolExhausted() {
    return new PoolExhaustedException("too long for the pool");
  }

  @Override
  public Model model() {
    throw new UnsupportedOperationException("these tests ask for no model");
  }

  @Override
  public TextEmbedder embedder() {
    throw new UnsupportedOperationException("these tests ask for no vectors");
  }

  @Override
  public Sequence open(SequenceRequest request, BooleanSupplier wanted) {
    failIfAsked();
    openSequences++;
    return new TestingSequence();
  }

  private void failIfAsked() {
    if (failure != null) {
      throw failure;
    }
  }

  private final class TestingSequence implements Sequence {
    private boolean open = true;

    @Override
    public int poolTokens() {
      return 0;
    }

    @Override
    public LoadOutcome load(List<KvBlock> blocks) {
      failIfAsked();
      return new LoadOutcome(blocks.size(), null);
    }

    @Override
    public AssemblyOutcome assemble(Assembly assembly) {
      failIfAsked();
      int tokens = assembly.runs().stream().mapToInt(KvRun::count).sum();
      return new AssemblyOutcome(tokens, 0, List.of());
    }

    @Override
    public GeneratedToken prefill() {
      failIfAsked();
      return new GeneratedToken(7, "seven", null);
    }

    @Override
    public GeneratedToken prefill(BackwardBlocks backward) {
      return prefill();
    }

    @Override
    public int metBlocks() {
      return 0;
    }

    @Override
    public double prefillMillis() {
      return 0;
    }

    @Override
    public GeneratedToken next(int choice) {
      failIfAsked();
      return new GeneratedToken(8, "", FinishReason.STOP);
    }

    @Override
    public void cancel() {}

    @Override
    public void close() {
      if (open) {
        open = false;
        openSequences--;
      }
    }
  }
}
