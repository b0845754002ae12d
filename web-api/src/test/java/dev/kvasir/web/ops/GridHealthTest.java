package dev.kvasir.web.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.cache.ClusterInfo;
import dev.kvasir.cache.MemberInfo;
import dev.kvasir.cache.NodeReport;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

final class GridHealthTest {
  @Test
  void call_gridAnswers_saysWho() {
    MemberInfo member =
        new MemberInfo("a", "127.0.0.1:5701", true, 271, 1, 2, 3, 4, NodeReport.SILENT);
    HealthCheckResponse answer = GridHealth.of(() -> new ClusterInfo("a", List.of(member), true));

    assertEquals(Status.UP, answer.getStatus());
    assertEquals(
        Map.of("reachable", true, "node", "a", "members", 1L, "safe", true),
        answer.getData().orElseThrow());
  }

  @Test
  void call_clientReachesNobody_staysReadyAndSaysSo() {
    HealthCheckResponse answer = GridHealth.of(() -> ClusterInfo.unreachable("a"));

    assertEquals(Status.UP, answer.getStatus());
    assertEquals(false, answer.getData().orElseThrow().get("reachable"));
  }

  @Test
  void call_gridIsDown_staysReadyAndSaysWhy() {
    HealthCheckResponse answer =
        GridHealth.of(
            () -> {
              throw new IllegalStateException("outer", new IllegalStateException("it is gone"));
            });

    assertEquals(Status.UP, answer.getStatus());
    assertEquals(
        Map.of("reachable", false, "reason", "it is gone"), answer.getData().orElseThrow());
  }
}
