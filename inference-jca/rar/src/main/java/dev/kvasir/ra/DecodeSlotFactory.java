package dev.kvasir.ra;

import dev.kvasir.inference.InferenceConnection;
import dev.kvasir.inference.InferenceConnectionFactory;
import dev.kvasir.inference.Model;
import dev.kvasir.inference.TextEmbedder;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionDefinition;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterAssociation;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.Set;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/** Makes decode slots for the server's pool, whose size is what admits sequences to the engine. */
@ConnectionDefinition(
    connectionFactory = InferenceConnectionFactory.class,
    connectionFactoryImpl = SlotConnectionFactory.class,
    connection = InferenceConnection.class,
    connectionImpl = SlotHandle.class)
public class DecodeSlotFactory implements ManagedConnectionFactory, ResourceAdapterAssociation {
  private static final long serialVersionUID = 1L;

  private @Nullable InferenceResourceAdapter adapter;
  private transient @Nullable PrintWriter logWriter;

  @Override
  public Object createConnectionFactory(ConnectionManager connectionManager) {
    return new SlotConnectionFactory(this, connectionManager);
  }

  @Override
  public Object createConnectionFactory() throws ResourceException {
    throw new NotSupportedException(
        "decode slots are pooled by a server; without one use dev.kvasir.engine.Engine");
  }

  @Override
  public ManagedConnection createManagedConnection(
      @Nullable Subject subject, @Nullable ConnectionRequestInfo info) throws ResourceException {
    return new DecodeSlot(inference());
  }

  /** Any free slot will do. */
  @Override
  @SuppressWarnings("rawtypes") // as the interface has it
  public @Nullable ManagedConnection matchManagedConnections(
      Set connections, @Nullable Subject subject, @Nullable ConnectionRequestInfo info) {
    for (Object connection : connections) {
      if (connection instanceof DecodeSlot slot) {
        return slot;
      }
    }
    return null;
  }

  /** The loaded model, without a slot. */
  Model model() throws ResourceException {
    return inference().model();
  }

  /** The model that turns texts into vectors. */
  TextEmbedder embedder() throws ResourceException {
    return inference().embedder();
  }

  private Inference inference() throws ResourceException {
    if (adapter == null) {
      throw new ResourceException("the connection factory belongs to no inference adapter");
    }
    return adapter.inference();
  }

  @Override
  public @Nullable ResourceAdapter getResourceAdapter() {
    return adapter;
  }

  @Override
  public void setResourceAdapter(ResourceAdapter resourceAdapter) throws ResourceException {
    if (!(resourceAdapter instanceof InferenceResourceAdapter ours)) {
      throw new ResourceException(
          "decode slots belong to an InferenceResourceAdapter, not to " + resourceAdapter);
    }
    adapter = ours;
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return logWriter;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {
    logWriter = out;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DecodeSlotFactory that && Objects.equals(adapter, that.adapter);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(adapter);
  }
}
