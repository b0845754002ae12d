package dev.kvasir.cache.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.completion.ContextLengthExceededException;
import dev.kvasir.inference.PoolExhaustedException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ContextRoomTest {
  @Test
  void newTokens_notAsked_restOfTheSmaller() {
    assertEquals(90, new ContextRoom(100, 1_000).newTokens(10, null));
    assertEquals(54, new ContextRoom(100, 64).newTokens(10, null));
  }

  @Test
  void newTokens_overTheContext_refusedWithNumbers() {
    assertThrows(
        ContextLengthExceededException.class, () -> new ContextRoom(100, 64).newTokens(60, 41));
  }

  @Test
  void newTokens_overThePool_refusedWithNumbers() {
    PoolExhaustedException refusal =
        assertThrows(PoolExhaustedException.class, () -> new ContextRoom(100, 64).newTokens(60, 5));

    for (String number : List.of("65", "60", "5", "64")) {
      assertTrue(String.valueOf(refusal.getMessage()).contains(number), refusal.getMessage());
    }
    assertThrows(PoolExhaustedException.class, () -> new ContextRoom(100, 64).newTokens(64, null));
  }
}
