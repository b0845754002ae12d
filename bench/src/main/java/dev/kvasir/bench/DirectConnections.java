package dev.kvasir.bench;

import dev.kvasir.engine.Engine;
import dev.kvasir.inference.InferenceConnection;
import dev.kvasir.inference.InferenceConnectionFactory;
import dev.kvasir.inference.Model;
import dev.kvasir.inference.Sequence;
import dev.kvasir.inference.SequenceRequest;
import javax.naming.Reference;

/** Decode slots of an engine without a server around it: as many as are asked for. */
final class DirectConnections implements InferenceConnectionFactory {
  private static final long serialVersionUID = 1L;

  private final transient Engine engine;

  DirectConnections(Engine engine) {
    this.engine = engine;
  }

  @Override
  public InferenceConnection getConnection() {
    return new Slot(engine);
  }

  @Override
  public Model model() {
    return engine.model();
  }

  @Override
  public Reference getReference() {
    throw new UnsupportedOperationException("not bound in JNDI");
  }

  @Override
  public void setReference(Reference reference) {
    throw new UnsupportedOperationException("not bound in JNDI");
  }

  private record Slot(Engine engine) implements InferenceConnection {
    @Override
    public Model model() {
      return engine.model();
    }

    @Override
    public Sequence open(SequenceRequest request) {
      return engine.open(request);
    }

    @Override
    public void close() {}
  }
}
