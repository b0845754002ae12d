package dev.kvasir.inference;

/** The engine was asked to stop while it was needed: with its server, or to be started anew. */
public final class EngineStoppedException extends InferenceException {
  private static final long serialVersionUID = 1L;

  public EngineStoppedException() {
    super("the engine was stopped");
  }
}
