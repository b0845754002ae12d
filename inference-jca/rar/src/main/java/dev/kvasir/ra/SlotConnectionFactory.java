package dev.kvasir.ra;

import dev.kvasir.inference.InferenceConnection;
import dev.kvasir.inference.InferenceConnectionFactory;
import dev.kvasir.inference.Model;
import dev.kvasir.inference.TextEmbedder;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ResourceAllocationException;
import javax.naming.Reference;
import org.jspecify.annotations.Nullable;

/** What applications look up: slots through the server's pool, the model past it. */
public final class SlotConnectionFactory implements InferenceConnectionFactory {
  private static final long serialVersionUID = 1L;

  private final DecodeSlotFactory slots;
  private final ConnectionManager connectionManager;
  private @Nullable Reference reference;

  SlotConnectionFactory(DecodeSlotFactory slots, ConnectionManager connectionManager) {
    this.slots = slots;
    this.connectionManager = connectionManager;
  }

  @Override
  public InferenceConnection getConnection() throws ResourceException {
    try {
      return (InferenceConnection) connectionManager.allocateConnection(slots, new Unshared());
    } catch (ResourceAllocationException e) {
      if (e.getCause() != null) { // Liberty wraps in it what the adapter threw, not a time-out
        throw new ResourceException("no decode slot could be made: " + e.getMessage(), e);
      }
      throw e;
    }
  }

  @Override
  public Model model() throws ResourceException {
    return slots.model();
  }

  @Override
  public TextEmbedder embedder() throws ResourceException {
    return slots.embedder();
  }

  @Override
  public @Nullable Reference getReference() {
    return reference;
  }

  @Override
  public void setReference(Reference reference) {
    this.reference = reference;
  }
}
