package dev.kvasir.ra;

import static jakarta.resource.spi.ConnectionEvent.CONNECTION_CLOSED;
import static jakarta.resource.spi.ConnectionEvent.CONNECTION_ERROR_OCCURRED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.inference.InferenceException;
import dev.kvasir.inference.PoolExhaustedException;
import dev.kvasir.inference.SamplingParams;
import dev.kvasir.inference.Sequence;
import dev.kvasir.inference.SequenceRequest;
import dev.kvasir.inference.TokenIds;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.SharingViolationException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DecodeSlotTest {
  private static final SequenceRequest REQUEST =
      new SequenceRequest(TokenIds.of(1, 2), List.of(), SamplingParams.GREEDY, 4);

  private final TestingInference inference = new TestingInference();
  private final TestingPool pool = new TestingPool(inference);

  @Test
  void getConnection_slotInUse_refused() throws ResourceException {
    try (SlotHandle inUse = pool.take()) {
      assertThrows(SharingViolationException.class, pool::take);
      inUse.open(REQUEST).close();
    }
  }

  @Test
  void open_lastSequenceStillOpen_refused() throws ResourceException {
    try (SlotHandle handle = pool.take()) {
      try (Sequence first = handle.open(REQUEST)) {
        assertEquals(7, first.prefill().tokenId());
        assertThrows(IllegalStateException.class, () -> handle.open(REQUEST));
      }
      handle.open(REQUEST).close();
    }
  }

  @Test
  void close_sequenceOpen_slotIsAsNew() throws ResourceException {
    SlotHandle handle = pool.take();
    handle.open(REQUEST);

    handle.close();
    handle.close(); // idempotent: no second event

    assertEquals(0, inference.openSequences);
    assertEquals(List.of(CONNECTION_CLOSED), pool.events);
    assertThrows(IllegalStateException.class, () -> handle.open(REQUEST));
    try (SlotHandle next = pool.take()) {
      next.open(REQUEST);
    }
  }

  @Test
  void cleanup_byTheServer_sequenceClosedAndHandleDead() throws ResourceException {
    SlotHandle handle = pool.take();
    handle.open(REQUEST);

    pool.slot.cleanup();

    assertEquals(0, inference.openSequences);
    assertThrows(IllegalStateException.class, handle::model);
    handle.close();
    assertEquals(List.of(), pool.events);
  }

  @Test
  void open_engineFails_slotDestroyed() throws ResourceException {
    SlotHandle handle = pool.take();
    inference.failure = TestingInference.graphFailure();

    assertThrows(InferenceException.class, () -> handle.open(REQUEST));

    assertTrue(pool.destroyed);
    assertEquals(List.of(CONNECTION_ERROR_OCCURRED), pool.events);
  }

  @Test
  void steps_engineFails_slotDestroyedOnce() throws ResourceException {
    for (int step = 0; step < 3; step++) {
      TestingInference failing = new TestingInference();
      TestingPool failingPool = new TestingPool(failing);
      SlotHandle handle = failingPool.take();
      Sequence sequence = handle.open(REQUEST);
      failing.failure = TestingInference.graphFailure();
      int failingStep = step;

      assertThrows(InferenceException.class, () -> run(sequence, failingStep));
      sequence.close();
      handle.close();

      assertEquals(List.of(CONNECTION_ERROR_OCCURRED), failingPool.events);
      assertEquals(0, failing.openSequences);
    }
  }

  @Test
  void open_engineFails_otherSlotsLiveOn() throws ResourceException {
    TestingPool other = new TestingPool(inference);
    SlotHandle failed = pool.take();
    SlotHandle living = other.take();
    inference.failure = TestingInference.graphFailure();
    assertThrows(InferenceException.class, () -> failed.open(REQUEST));
    inference.failure = null;

    living.open(REQUEST).close();
    living.close();

    assertFalse(other.destroyed);
  }

  @Test
  void open_promptTooLongForThePool_slotKept() throws ResourceException {
    try (SlotHandle handle = pool.take()) {
      inference.failure = TestingInference.poolExhausted();
      assertThrows(PoolExhaustedException.class, () -> handle.open(REQUEST));
      inference.failure = new IllegalArgumentException("a wrong argument");
      assertThrows(IllegalArgumentException.class, () -> handle.open(REQUEST));
      inference.failure = null;

      handle.open(REQUEST).close();
    }
    assertEquals(List.of(CONNECTION_CLOSED), pool.events);
  }

  @Test
  void associateConnection_idleHandle_moves() throws ResourceException {
    TestingPool other = new TestingPool(inference);
    SlotHandle handle = pool.take();

    other.slot.associateConnection(handle);
    handle.open(REQUEST).close();
    handle.close();

    assertEquals(List.of(), pool.events);
    assertEquals(List.of(CONNECTION_CLOSED), other.events);
    pool.take().close(); // the slot that it left is free
  }

  @Test
  void associateConnection_notOurs_refused() {
    assertThrows(ResourceException.class, () -> pool.slot.associateConnection("a text"));
  }

  private static void run(Sequence sequence, int step) {
    switch (step) {
      case 0 -> sequence.load(List.of());
      case 1 -> sequence.prefill();
      default -> sequence.next();
    }
  }
}
