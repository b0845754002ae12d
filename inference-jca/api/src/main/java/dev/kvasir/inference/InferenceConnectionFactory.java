package dev.kvasir.inference;

import jakarta.resource.Referenceable;
import jakarta.resource.ResourceException;
import java.io.Serializable;

/** Gives decode slots of the loaded model; bound in JNDI as {@code jca/inference}. */
public interface InferenceConnectionFactory extends Serializable, Referenceable {
  /**
   * Takes a decode slot, waiting for one up to the pool's connection time-out.
   *
   * @throws jakarta.resource.spi.ResourceAllocationException if none became free in time
   * @throws ResourceException if the adapter is not running
   */
  InferenceConnection getConnection() throws ResourceException;

  /**
   * The loaded model, without a slot.
   *
   * @throws ResourceException if the adapter is not running
   */
  Model model() throws ResourceException;

  /**
   * The model that turns texts into vectors, beside the loaded one.
   *
   * @throws ResourceException if the adapter is not running, or has none
   */
  default TextEmbedder embedder() throws ResourceException {
    throw new ResourceException("these connections have no embedding model");
  }
}
