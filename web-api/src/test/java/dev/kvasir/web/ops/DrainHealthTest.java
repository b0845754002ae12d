package dev.kvasir.web.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.cache.DrainState;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

final class DrainHealthTest {
  @Test
  void of_inService_up() {
    assertEquals(Status.UP, DrainHealth.of(new DrainState("a", false, 3, 1)).getStatus());
  }

  @Test
  void of_draining_downAndSaysWhatStillRuns() {
    HealthCheckResponse answer = DrainHealth.of(new DrainState("a", true, 3, 1));
    assertEquals(Status.DOWN, answer.getStatus());
    assertEquals(
        Map.of("reason", "the node is being drained", "running", 3L, "waiting", 1L),
        answer.getData().orElseThrow());
  }
}
