package dev.kvasir.cache.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kvasir.completion.NoDecodeSlotException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class GateTest {
  private final AtomicInteger refused = new AtomicInteger();
  private final Gate gate = new Gate("a", refused::incrementAndGet);

  @Test
  void pass_closed_refusedAndCountedUntilItOpens() {
    gate.pass();
    gate.close();

    NoDecodeSlotException refusal = assertThrows(NoDecodeSlotException.class, gate::pass);

    assertEquals(
        "node a is being drained and takes no new requests; ask another node",
        refusal.getMessage());
    assertEquals(10, refusal.retryAfterSeconds());
    assertEquals(1, refused.get());
    gate.open();
    gate.pass();
    assertEquals(1, refused.get());
  }
}
