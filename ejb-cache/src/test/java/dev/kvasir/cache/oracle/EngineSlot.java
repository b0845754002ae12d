package dev.kvasir.cache.oracle;

import dev.kvasir.engine.Engine;
import dev.kvasir.engine.EngineSequence;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.inference.InferenceConnection;
import dev.kvasir.inference.InferenceConnectionFactory;
import dev.kvasir.inference.KvBlock;
import dev.kvasir.inference.LoadOutcome;
import dev.kvasir.inference.Model;
import dev.kvasir.inference.Sequence;
import dev.kvasir.inference.SequenceRequest;
import java.util.List;
import javax.naming.Reference;
import org.jspecify.annotations.Nullable;

/** An engine's decode slot without an adapter; keeps each prefill's logits. One thread. */
final class EngineSlot implements InferenceConnectionFactory {
  private static final long serialVersionUID = 1L;

  private final transient Engine engine;
  private final transient Model model;
  private float[] firstLogits = {}; // (vocabulary)

  EngineSlot(Engine engine) {
    this.engine = engine;
    model = new TokenText(engine.model());
  }

  /** Logits of the last sequence's first new token. */
  float[] firstLogits() {
    return firstLogits.clone();
  }

  @Override
  public InferenceConnection getConnection() {
    return new InferenceConnection() {
      @Override
      public Model model() {
        return model;
      }

      @Override
      public Sequence open(SequenceRequest request) {
        return new Watched(engine.open(request));
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public Model model() {
    return model;
  }

  @Override
  public void setReference(Reference reference) {
    throw new UnsupportedOperationException("not in JNDI");
  }

  @Override
  public @Nullable Reference getReference() {
    return null;
  }

  private final class Watched implements Sequence {
    private final EngineSequence sequence;

    Watched(EngineSequence sequence) {
      this.sequence = sequence;
    }

    @Override
    public int poolTokens() {
      return sequence.poolTokens();
    }

    @Override
    public LoadOutcome load(List<KvBlock> blocks) {
      return sequence.load(blocks);
    }

    @Override
    public GeneratedToken prefill() {
      GeneratedToken first = sequence.prefill();
      firstLogits = sequence.firstLogits();
      return first;
    }

    @Override
    public GeneratedToken next() {
      return sequence.next();
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
}
