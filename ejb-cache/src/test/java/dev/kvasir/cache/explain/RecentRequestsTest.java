package dev.kvasir.cache.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.RequestSummary;
import dev.kvasir.cache.request.FinishedRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RecentRequestsTest {
  private final RecentRequests recent = new RecentRequests(3);

  private void add(String id, int promptTokens) {
    recent.accept(
        new FinishedRequest(
            new RequestSummary(id, "a", 0, "t", "tiny", "ok", promptTokens, 1, null, 0, 0),
            Map.of(),
            null,
            List.of()));
  }

  private int tokensOf(String id) {
    return recent.find(id).orElseThrow().promptTokens();
  }

  @Test
  void find_amongTheLast_found() {
    add("a", 1);
    add("b", 2);
    assertEquals(1, tokensOf("a"));
    assertEquals(2, tokensOf("b"));
    assertTrue(recent.find("c").isEmpty());
  }

  @Test
  void accept_full_forgetsTheOldest() {
    for (String id : List.of("a", "b", "c", "d")) {
      add(id, 1);
    }
    assertTrue(recent.find("a").isEmpty());
    assertEquals(1, tokensOf("b"));
    assertEquals(1, tokensOf("d"));
  }

  @Test
  void find_idUsedTwice_theLastUntilThatIsForgotten() {
    add("a", 1);
    add("a", 2);
    add("b", 3);
    add("c", 4); // pushes the first a out
    assertEquals(2, tokensOf("a"));
    add("d", 5); // pushes the second a out
    assertTrue(recent.find("a").isEmpty());
  }
}
