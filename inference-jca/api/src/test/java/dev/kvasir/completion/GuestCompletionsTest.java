package dev.kvasir.completion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kvasir.inference.SamplingParams;
import org.junit.jupiter.api.Test;

final class GuestCompletionsTest {
  private final GuestCompletions guest = new GuestCompletions();
  private final CompletionService first = new TestingCompletions("first");
  private final CompletionService second = new TestingCompletions("second");

  @Test
  void complete_neverOpened_refused() {
    assertThrows(IllegalStateException.class, this::ask);
  }

  @Test
  void complete_openedAgain_lastServes() {
    guest.open(first);
    assertEquals("first", ask());

    guest.open(second);

    assertEquals("second", ask());
  }

  @Test
  void close_opened_refused() {
    guest.open(first);

    guest.close(first);

    assertThrows(IllegalStateException.class, this::ask);
  }

  /** A new Kvasir may have started before the old one has stopped. */
  @Test
  void close_anotherOpenedSince_thatServesOn() {
    guest.open(first);
    guest.open(second);

    guest.close(first);

    assertEquals("second", ask());
  }

  @Test
  void getObjectInstance_factory_thoseOfTheServer() {
    Object found = new GuestCompletionsFactory().getObjectInstance(null, null, null, null);

    assertSame(GuestCompletions.ofServer(), found);
  }

  private String ask() {
    CompletionRequest request =
        new CompletionRequest(
            "guest", new Prompt.Text("Where?"), SamplingParams.GREEDY, 1, CachePolicy.USE);
    return guest.complete(request, token -> true).text();
  }
}
