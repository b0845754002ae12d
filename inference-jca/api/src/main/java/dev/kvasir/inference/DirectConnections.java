package dev.kvasir.inference;

import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import javax.naming.Reference;

/** Decode slots without a server's pool: as many as are asked for, each at once. */
public final class DirectConnections implements InferenceConnectionFactory {
  private static final long serialVersionUID = 1L;

  private final transient Model model;
  private final transient BiFunction<SequenceRequest, BooleanSupplier, Sequence> engine;

  /**
   * @param model as callers see it
   * @param engine opens its sequences, which are cancelled when they are not wanted any more
   */
  public DirectConnections(
      Model model, BiFunction<SequenceRequest, BooleanSupplier, Sequence> engine) {
    this.model = model;
    this.engine = engine;
  }

  @Override
  public InferenceConnection getConnection() {
    return new InferenceConnection() {
      @Override
      public Model model() {
        return model;
      }

      @Override
      public Sequence open(SequenceRequest request, BooleanSupplier wanted) {
        return engine.apply(request, wanted);
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
  public Reference getReference() {
    throw new UnsupportedOperationException("not bound in JNDI");
  }

  @Override
  public void setReference(Reference reference) {
    throw new UnsupportedOperationException("not bound in JNDI");
  }
}
