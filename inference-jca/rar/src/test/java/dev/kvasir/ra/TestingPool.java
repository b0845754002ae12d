package dev.kvasir.ra;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import java.util.ArrayList;
import java.util.List;

/** A server's pool of one slot: hands it out, and does with it what its events call for. */
final class TestingPool implements ConnectionEventListener {
  final List<Integer> events = new ArrayList<>();
  final DecodeSlot slot;
  boolean destroyed;

  TestingPool(Inference inference) {
    slot = new DecodeSlot(inference);
    slot.addConnectionEventListener(this);
  }

  SlotHandle take() throws ResourceException {
    return (SlotHandle) slot.getConnection(null, new Unshared());
  }

  @Override
  public void connectionClosed(ConnectionEvent event) {
    events.add(event.getId());
    slot.cleanup();
  }

  @Override
  public void connectionErrorOccurred(ConnectionEvent event) {
    events.add(event.getId());
    slot.destroy();
    destroyed = true;
  }

  @Override
  public void localTransactionStarted(ConnectionEvent event) {
    throw new AssertionError("a slot has no transactions");
  }

  @Override
  public void localTransactionCommitted(ConnectionEvent event) {
    throw new AssertionError("a slot has no transactions");
  }

  @Override
  public void localTransactionRolledback(ConnectionEvent event) {
    throw new AssertionError("a slot has no transactions");
  }
}
