package dev.kvasir.web.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.cache.TierStats;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

final class DiskHealthTest {
  @Test
  void call_folderCannotBeUsed_staysReadyAndSaysWhy() {
    HealthCheckResponse answer =
        DiskHealth.of(
            () ->
                new TierStats(TierStats.State.FAILED, "it is read-only", 0, 0, 1 << 20, Map.of()));

    assertEquals(Status.UP, answer.getStatus());
    assertEquals(
        Map.of("state", "failed", "blocks", 0L, "reason", "it is read-only"),
        answer.getData().orElseThrow());
  }

  @Test
  void call_noDisk_saysSo() {
    assertEquals(
        Map.of("state", "off", "blocks", 0L),
        DiskHealth.of(() -> TierStats.OFF).getData().orElseThrow());
  }

  @Test
  void call_engineIsDown_staysReady() {
    HealthCheckResponse answer =
        DiskHealth.of(
            () -> {
              throw new IllegalStateException("it is gone");
            });
    assertEquals(Status.UP, answer.getStatus());
    assertEquals(
        Map.of("state", "unknown", "reason", "it is gone"), answer.getData().orElseThrow());
  }
}
