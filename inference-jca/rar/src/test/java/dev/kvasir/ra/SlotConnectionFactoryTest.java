package dev.kvasir.ra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.ResourceAllocationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SlotConnectionFactoryTest {
  private final DecodeSlotFactory slots = new DecodeSlotFactory();

  @Test
  void getConnection_twice_requestsAreNeverEqual() throws ResourceException {
    TestingConnectionManager server = new TestingConnectionManager();
    SlotConnectionFactory factory = (SlotConnectionFactory) slots.createConnectionFactory(server);

    factory.getConnection().close();
    factory.getConnection().close();

    assertNotEquals(server.requests.get(0), server.requests.get(1));
    assertEquals(server.requests.get(0).hashCode(), server.requests.get(1).hashCode());
  }

  @Test
  void getConnection_timeOut_isAnAllocationException() {
    ResourceAllocationException timeOut = new ResourceAllocationException("nothing came free");

    assertSame(timeOut, assertThrows(ResourceException.class, refusing(timeOut)::getConnection));
  }

  @Test
  void getConnection_adapterFailed_isNone() {
    ResourceAllocationException failure = new ResourceAllocationException("as servers wrap it");
    failure.initCause(new ResourceException("the inference adapter is not running"));

    ResourceException thrown =
        assertThrows(ResourceException.class, refusing(failure)::getConnection);
    assertFalse(thrown instanceof ResourceAllocationException);
    assertSame(failure, thrown.getCause());
  }

  private SlotConnectionFactory refusing(ResourceException refusal) {
    return (SlotConnectionFactory) slots.createConnectionFactory(new RefusingManager(refusal));
  }

  @Test
  void model_adapterNotStarted_resourceException() {
    slots.createConnectionFactory(new TestingConnectionManager());

    assertThrows(ResourceException.class, slots::model);
  }

  @Test
  void createConnectionFactory_withoutServer_refused() {
    assertThrows(NotSupportedException.class, slots::createConnectionFactory);
  }

  @Test
  void matchManagedConnections_freeSlots_anyOne() {
    DecodeSlot free = new DecodeSlot(new TestingInference());

    assertSame(free, slots.matchManagedConnections(Set.of(free), null, new Unshared()));
    assertNull(slots.matchManagedConnections(Set.of(), null, new Unshared()));
  }

  private record RefusingManager(ResourceException refusal) implements ConnectionManager {
    @Override
    public Object allocateConnection(
        ManagedConnectionFactory factory, ConnectionRequestInfo request) throws ResourceException {
      throw refusal;
    }
  }

  private static final class TestingConnectionManager implements ConnectionManager {
    private static final long serialVersionUID = 1L;

    final transient List<ConnectionRequestInfo> requests = new ArrayList<>();

    @Override
    public Object allocateConnection(
        ManagedConnectionFactory factory, ConnectionRequestInfo request) throws ResourceException {
      requests.add(request);
      return new TestingPool(new TestingInference()).take();
    }
  }
}
