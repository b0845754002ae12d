package dev.kvasir.ra;

import dev.kvasir.inference.InferenceException;
import dev.kvasir.inference.Model;
import dev.kvasir.inference.Sequence;
import dev.kvasir.inference.SequenceRequest;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.LocalTransaction;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionMetaData;
import jakarta.resource.spi.SharingViolationException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.security.auth.Subject;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/**
 * One decode slot: room for one sequence at a time in the engine's steps. Has at most one handle,
 * and is used by the thread that holds it.
 */
final class DecodeSlot implements ManagedConnection {
  private final Inference inference;
  private final List<ConnectionEventListener> listeners = new CopyOnWriteArrayList<>();
  private @Nullable SlotHandle handle;
  private @Nullable PrintWriter logWriter;

  DecodeSlot(Inference inference) {
    this.inference = inference;
  }

  @Override
  public Object getConnection(@Nullable Subject subject, @Nullable ConnectionRequestInfo info)
      throws ResourceException {
    if (handle != null) {
      throw new SharingViolationException("the decode slot is in use, and is never shared");
    }
    handle = new SlotHandle(this);
    return handle;
  }

  /** Takes over a handle that has no sequence open. */
  @Override
  public void associateConnection(Object connection) throws ResourceException {
    if (!(connection instanceof SlotHandle moved)) {
      throw new ResourceException("a decode slot has handles of its own kind, not " + connection);
    }
    if (handle != null) {
      throw new SharingViolationException("the decode slot is in use, and is never shared");
    }
    moved.moveTo(this);
    handle = moved;
  }

  /** Returns the slot as new: its sequence closed, its handle of no use any more. */
  @Override
  public void cleanup() {
    SlotHandle last = handle;
    handle = null;
    if (last != null) {
      last.invalidate();
    }
  }

  @Override
  public void destroy() {
    cleanup();
    listeners.clear();
  }

  Model model() {
    return inference.model();
  }

  Sequence open(SequenceRequest request, BooleanSupplier wanted) {
    return guarded(() -> inference.open(request, wanted));
  }

  /** Runs a step; if the engine fails in it, this slot is given up, and no other. */
  <T> T guarded(Supplier<T> step) {
    try {
      return step.get();
    } catch (InferenceException e) {
      ConnectionEvent failed =
          new ConnectionEvent(this, ConnectionEvent.CONNECTION_ERROR_OCCURRED, e);
      failed.setConnectionHandle(handle);
      listeners.forEach(listener -> listener.connectionErrorOccurred(failed));
      throw e;
    }
  }

  /** Called by the handle when its owner closes it. */
  void closed(SlotHandle closing) {
    detach(closing);
    ConnectionEvent closed = new ConnectionEvent(this, ConnectionEvent.CONNECTION_CLOSED);
    closed.setConnectionHandle(closing);
    listeners.forEach(listener -> listener.connectionClosed(closed));
  }

  void detach(SlotHandle leaving) {
    if (handle == leaving) {
      handle = null;
    }
  }

  @Override
  public void addConnectionEventListener(ConnectionEventListener listener) {
    listeners.add(listener);
  }

  @Override
  public void removeConnectionEventListener(ConnectionEventListener listener) {
    listeners.remove(listener);
  }

  @Override
  public XAResource getXAResource() throws ResourceException {
    throw new NotSupportedException("a generation is no part of a transaction");
  }

  @Override
  public LocalTransaction getLocalTransaction() throws ResourceException {
    throw new NotSupportedException("a generation is no part of a transaction");
  }

  @Override
  public ManagedConnectionMetaData getMetaData() {
    return new SlotMetaData(model().info().id());
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return logWriter;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {
    logWriter = out;
  }
}
