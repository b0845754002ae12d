package dev.kvasir.cache.grid;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.inference.BlockHash;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who may join, and how members find each other. */
final class JoinTest {
  private final ScheduledExecutorService scheduler = TestingGrid.scheduler();
  private final int portA = TestingGrid.freePort();
  private final int portB = TestingGrid.freePort();

  @AfterEach
  void stop() {
    scheduler.shutdownNow();
  }

  @Test
  void start_otherSecret_isRefusedWithOneClearLineOnBothSides() {
    GridConfig stranger =
        TestingGrid.withSecret(
            TestingGrid.config("b", portB, List.of("127.0.0.1:" + portA)), "another secret");
    try (TestingLog log = new TestingLog(SocketGuard.class);
        Grid a = Grid.start(TestingGrid.config("a", portA, List.of()), scheduler)) {
      GridException refused =
          assertThrows(GridException.class, () -> Grid.start(stranger, scheduler));

      assertEquals(
          "the member at 127.0.0.1:%d refused this node: its cluster secret is another one; give this node the file cluster.secret of that cluster, or join another"
              .formatted(portA),
          refused.getMessage());
      Await.until(
          "the member says so",
          () ->
              log.contains("node b at 127.0.0.1:%d holds another cluster secret".formatted(portB)));
      assertEquals(1, a.memberCount());
    }
  }

  @Test
  void onAccept_strangerWithoutHandshake_getsNoConnection() throws Exception {
    try (TestingLog log = new TestingLog(SocketGuard.class);
        Grid a = Grid.start(TestingGrid.config("a", portA, List.of()), scheduler);
        Socket stranger = new Socket(InetAddress.getLoopbackAddress(), portA)) {
      stranger.getOutputStream().write("HZC and what Hazelcast says next".getBytes(US_ASCII));

      assertTrue(isClosed(stranger));
      Await.until("the member says so", () -> log.contains("it is no Kvasir node"));
      assertEquals(1, a.memberCount());
    }
  }

  @Test
  void start_namedMemberComesLater_bothFormOneCluster() {
    TestingBlocks chain = TestingBlocks.chain(1, 10, 1000);
    try (Grid b =
        Grid.start(TestingGrid.config("b", portB, List.of("127.0.0.1:" + portA)), scheduler)) {
      chain.putInto(b);
      try (Grid a = Grid.start(TestingGrid.config("a", portA, List.of()), scheduler)) {
        long start = System.nanoTime();
        Await.until("one cluster", () -> a.memberCount() == 2 && b.memberCount() == 2);
        System.getLogger("join")
            .log(
                System.Logger.Level.INFO,
                "grid: merged after {0} ms",
                (System.nanoTime() - start) / 1_000_000);
        Await.until(
            "both know b's blocks",
            () -> a.countLeading(chain.hashes()) == 10 && b.countLeading(chain.hashes()) == 10);
      }
    }
  }

  @Test
  void merge_afterwards_eventsReachBothMembersAgain() {
    GridConfig configB =
        TestingGrid.withoutReconciliation(
            TestingGrid.config("b", portB, List.of("127.0.0.1:" + portA)));
    GridConfig configA =
        TestingGrid.withoutReconciliation(TestingGrid.config("a", portA, List.of()));
    try (Grid b = Grid.start(configB, scheduler);
        Grid a = Grid.start(configA, scheduler)) {
      Await.until("one cluster", () -> a.memberCount() == 2 && b.memberCount() == 2);
      Await.until("all is in place", () -> a.admin().cluster().safe());
      TestingBlocks fromA = TestingBlocks.chain(1, 10, 1000);
      TestingBlocks fromB = TestingBlocks.chain(2, 10, 1000);

      fromA.putInto(a);
      fromB.putInto(b);
      Await.until("b heard of a's", () -> b.countLeading(fromA.hashes()) == 10);
      Await.until("a heard of b's", () -> a.countLeading(fromB.hashes()) == 10);
      assertEquals(0, a.stats().reconciled() + b.stats().reconciled(), "by events alone");

      a.touch(fromA.hashes());
      b.touch(fromB.hashes());
      Await.until("b heard of a's use", () -> hits(b, fromA.hashes().get(0)) == 1);
      Await.until("a heard of b's use", () -> hits(a, fromB.hashes().get(0)) == 1);

      assertNotNull(GridTest.fetch(a, fromA.hashes().get(0)));
      assertNotNull(GridTest.fetch(b, fromA.hashes().get(0)));
      a.discard(fromA.hashes().get(0));
      Await.until("b's copy is gone", () -> GridTest.fetch(b, fromA.hashes().get(0)) == null);

      for (Grid changing : List.of(a, b)) {
        CacheSettings changed =
            new CacheSettings(
                EvictionKind.LFU, (changing == a ? 5L : 6L) << 20, LoadRule.NEVER, 77);
        TestingGrid.change(changing, changed);
        Await.until(
            "both have the settings",
            () -> a.admin().settings().equals(changed) && b.admin().settings().equals(changed));
      }
    }
  }

  @Test
  void start_bothAtOnceNamingEachOther_formOneCluster() {
    CompletableFuture<Grid> first = starting("a", portA, portB);
    CompletableFuture<Grid> second = starting("b", portB, portA);
    try (Grid a = first.join();
        Grid b = second.join()) {
      Await.until("one cluster", () -> a.memberCount() == 2 && b.memberCount() == 2);
    }
  }

  @Test
  void start_intoRunningCluster_learnsWhatIsInUse() {
    TestingBlocks chain = TestingBlocks.chain(1, 3, 1000);
    try (Grid a = Grid.start(TestingGrid.config("a", portA, List.of()), scheduler)) {
      chain.putInto(a);
      a.touch(chain.hashes().subList(0, 2));
      a.touch(chain.hashes().subList(0, 1));
      a.flushTouches();
      Await.until("a knows", () -> hits(a, chain.hashes().get(0)) == 2);
      try (Grid b =
          Grid.start(TestingGrid.config("b", portB, List.of("127.0.0.1:" + portA)), scheduler)) {
        assertEquals(3, b.countLeading(chain.hashes()));
        assertEquals(
            List.of(2L, 1L, 0L), chain.hashes().stream().map(hash -> hits(b, hash)).toList());
      }
    }
  }

  @Test
  void start_onOneAddress_listensAtNoOther() throws Exception {
    try (Grid a = Grid.start(TestingGrid.config("a", portA, List.of()), scheduler);
        Socket allowed = new Socket(loopback(1), portA)) {
      assertTrue(allowed.isConnected());
      assertThrows(ConnectException.class, () -> new Socket(loopback(2), portA).close());
      assertEquals(1, a.memberCount());
    }
  }

  @Test
  void network_memberWithoutPort_isRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new GridConfig.Network("127.0.0.1", 5901, List.of("127.0.0.1")));
  }

  @Test
  void fetch_afterClose_failsWithoutThrowing() {
    Grid a = Grid.start(TestingGrid.config("a", portA, List.of()), scheduler);
    a.close();
    assertTrue(
        a.fetch(new BlockHash(1, 2, 3, 4), 1_000).toCompletableFuture().isCompletedExceptionally());
  }

  @Test
  void start_portInUse_saysSo() throws IOException {
    try (ServerSocket socket = new ServerSocket(portA, 1, InetAddress.getLoopbackAddress())) {
      assertTrue(socket.isBound());
      GridException failure =
          assertThrows(
              GridException.class,
              () -> Grid.start(TestingGrid.config("a", portA, List.of()), scheduler));
      assertTrue(
          String.valueOf(failure.getMessage())
              .startsWith("the grid cannot listen at 127.0.0.1:" + portA),
          failure.getMessage());
    }
  }

  @Test
  void start_joinNamesSomethingElse_saysSo() throws Exception {
    try (ServerSocket other = new ServerSocket(portA, 1, InetAddress.getLoopbackAddress())) {
      var answering =
          scheduler.submit(
              () -> {
                try (var socket = other.accept()) {
                  socket.getOutputStream().write(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
                }
                return true;
              });
      GridException failure =
          assertThrows(
              GridException.class,
              () ->
                  Grid.start(
                      TestingGrid.config("b", portB, List.of("127.0.0.1:" + portA)), scheduler));
      assertTrue(
          String.valueOf(failure.getMessage()).contains("not as a Kvasir member"),
          failure::toString);
      assertTrue(answering.get());
    }
  }

  private CompletableFuture<Grid> starting(String node, int port, int other) {
    return CompletableFuture.supplyAsync(
        () -> Grid.start(TestingGrid.config(node, port, List.of("127.0.0.1:" + other)), scheduler));
  }

  private static long hits(Grid grid, BlockHash hash) {
    return grid.admin().blocks(hash.toString(), 1).get(0).hits();
  }

  private static InetAddress loopback(int last) throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
  }

  private static boolean isClosed(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() == -1;
    } catch (SocketException e) {
      return true; // reset, since what it wrote was not all read
    }
  }
}
