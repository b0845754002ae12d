package dev.kvasir.engine.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.inference.FinishReason;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.inference.InferenceException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class OutboxTest {
  private static final GeneratedToken END = new GeneratedToken(1, "", FinishReason.CANCELLED);

  private final Outbox outbox = new Outbox();

  @Test
  void take_noneComes_toldWhileItWaits() {
    AtomicInteger told = new AtomicInteger();
    GeneratedToken taken =
        outbox.take(
            () -> {},
            () -> {
              if (told.incrementAndGet() == 2) {
                outbox.endWith(END);
              }
            });
    assertSame(END, taken);
    assertEquals(2, told.get());
  }

  @Test
  void take_oneIsThere_notTold() {
    outbox.offer(END);
    outbox.fail(new InferenceException("planted"));
    Runnable never =
        () -> {
          throw new AssertionError("told");
        };
    assertSame(END, outbox.take(never, never));
    assertThrows(InferenceException.class, () -> outbox.take(never, never));
  }

  @Test
  void take_interrupted_waitsOnAndKeepsTheInterrupt() {
    Thread.currentThread().interrupt();
    assertSame(END, outbox.take(() -> {}, () -> outbox.endWith(END)));
    assertTrue(Thread.interrupted());
  }
}
