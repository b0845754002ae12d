package dev.kvasir.cache;

/** The way to take this node out of service without breaking off an answer. */
public interface NodeDrain {
  /** How it stands. */
  DrainState state();

  /**
   * From now on the node refuses new completions and is not ready; what runs and what waits already
   * comes to its end. Its cached blocks go to the other members when it stops. Idempotent.
   */
  DrainState begin();

  /** Takes completions again. Idempotent. */
  DrainState end();
}
