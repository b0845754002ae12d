package dev.kvasir.cache.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Members that find each other by the addresses of a service, as in Kubernetes. */
final class ServiceJoinTest {
  private final ScheduledExecutorService scheduler = TestingGrid.scheduler();
  private final int portA = TestingGrid.freePort();
  private final int portB = TestingGrid.freePort();

  @AfterEach
  void stop() {
    scheduler.shutdownNow();
  }

  @Test
  void start_serviceHasAMember_formOneCluster() {
    try (Grid a = Grid.start(config("a", portA, "localhost:" + portA), scheduler);
        Grid b = Grid.start(config("b", portB, "localhost:" + portA), scheduler)) {
      Await.until("one cluster", () -> a.memberCount() == 2 && b.memberCount() == 2);
    }
  }

  /** The first pod starts before anybody's address is in DNS. */
  @Test
  void start_serviceUnknown_startsAlone() {
    try (Grid a = Grid.start(config("a", portA, "nobody.invalid:5701"), scheduler)) {
      assertEquals(1, a.memberCount());
    }
  }

  private static GridConfig config(String node, int port, String service) {
    GridConfig config = TestingGrid.config(node, port, List.of());
    return new GridConfig(
        node,
        new GridConfig.Network("127.0.0.1", port, List.of(), GridConfig.Role.MEMBER, service),
        config.secret(),
        config.settings(),
        config.near(),
        config.reconcileEvery());
  }
}
