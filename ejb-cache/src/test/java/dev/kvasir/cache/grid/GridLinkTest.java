package dev.kvasir.cache.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.Absence;
import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.ClearScope;
import dev.kvasir.cache.ClientInfo;
import dev.kvasir.cache.ClusterInfo;
import dev.kvasir.cache.ClusterInfo.Topology;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.cache.Source;
import dev.kvasir.cache.StoreOutcome;
import dev.kvasir.cache.flight.Flight;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvBlock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes that are clients of a member, in one process. */
@Timeout(120)
final class GridLinkTest extends OneMember {
  @Test
  void fetch_otherClientsBlocks_remoteThenNearWithSameBytes() throws Exception {
    Grid member = member();
    TestingBlocks blocks = TestingBlocks.chain(1, 3, 1_000);
    GridLink a = client("a");
    GridLink b = client("b");

    for (int i = 0; i < 3; i++) {
      assertEquals(
          StoreOutcome.STORED, a.putIfAbsent(blocks.placements().get(i), blocks.blocks().get(i)));
    }
    awaitKnown(b, blocks.hashes(), 3);
    assertEquals(3, member.countLeading(blocks.hashes()));

    KvBlock expected = blocks.blocks().get(1);
    assertSame(expected, Source.REMOTE, fetch(b, blocks.hashes().get(1)));
    fetchNear(b, blocks.hashes().subList(1, 2));
    assertSame(expected, Source.NEAR, fetch(b, blocks.hashes().get(1)));
    assertEquals(StoreOutcome.PRESENT, b.putIfAbsent(blocks.placements().get(1), expected));
  }

  @Test
  void start_blocksWereThereBefore_knowsThem() {
    TestingBlocks blocks = TestingBlocks.chain(2, 4, 100);
    blocks.putInto(member());
    assertEquals(4, client("a").countLeading(blocks.hashes()));
  }

  @Test
  void start_nobodyThere_saysSoAndConnectsWhenTheyCome() {
    TestingBlocks blocks = TestingBlocks.chain(3, 2, 100);
    GridLink link;
    try (TestingLog log = new TestingLog(GridLink.class)) {
      link = client("a");
      assertTrue(log.contains("KVASIR3010: none of [127.0.0.1:" + port), log::toString);
    }
    assertEquals(0, link.countLeading(blocks.hashes()));
    assertEquals(Absence.UNREACHABLE, link.absence(blocks.hashes().get(0)));
    assertTrue(fails(link, blocks.hashes().get(0)));
    assertThrows(
        GridException.class,
        () -> link.putIfAbsent(blocks.placements().get(0), blocks.blocks().get(0)));
    assertThrows(GridException.class, link::grid);
    assertThrows(GridException.class, () -> link.records().all());
    assertEquals(ClusterInfo.unreachable("a"), link.cluster());
    assertEquals(0, link.memberCount());
    assertEquals(TestingGrid.SETTINGS, link.settings());
    assertEquals(0, link.version().number());
    assertEquals(Map.of(), link.bytesByTenant());
    assertEquals(0, link.stats().held().blocks());

    AtomicInteger reached = new AtomicInteger();
    link.whenReached(grid -> reached.incrementAndGet());

    blocks.putInto(member());

    Await.until("connected", () -> link.reached().isPresent());
    awaitKnown(link, blocks.hashes(), 2);
    assertEquals(1, reached.get());
    assertEquals(1, link.version().number());
    assertEquals(Map.of("default", 200L), link.bytesByTenant());
  }

  @Test
  void connect_whatWaitedFails_closedAndTriedAgain() {
    AtomicInteger tries = new AtomicInteger();
    AtomicReference<Grid> failed = new AtomicReference<>();
    GridLink link = client("a");
    link.whenReached(
        grid -> {
          if (tries.incrementAndGet() == 1) {
            failed.set(grid);
            throw new IllegalStateException("not yet");
          }
        });

    Grid member = member();

    Await.until("connected", () -> link.reached().isPresent());
    assertEquals(2, tries.get());
    assertNotSame(failed.get(), link.grid());
    Await.until("the first one has gone", () -> member.admin().cluster().clients().size() == 1);
  }

  @Test
  void start_otherSecret_refusedWithALine() {
    Grid unused = member();
    try (TestingLog log = new TestingLog(SocketGuard.class)) {
      GridException refusal =
          assertThrows(
              GridException.class,
              () ->
                  GridLink.start(TestingGrid.withSecret(clientConfig("a"), "another"), scheduler));
      assertTrue(
          String.valueOf(refusal.getMessage()).contains("its cluster secret is another one"),
          refusal::getMessage);
      Await.until(
          "the member says whom", () -> log.contains("client a holds another cluster secret"));
    }
  }

  @Test
  void kill_membersEnd_missesUntilItIsBackThenHits() throws Exception {
    TestingBlocks blocks = TestingBlocks.chain(4, 2, 100);
    Grid member = member();
    GridLink link = client("a");
    blocks.putInto(member);
    awaitKnown(link, blocks.hashes(), 2);

    member.kill();

    Await.until("it is known to be away", () -> !link.grid().isReached());
    assertTrue(fails(link, blocks.hashes().get(0)));
    assertEquals(0, link.countLeading(blocks.hashes()), "nothing hides what lies on a disk");
    assertEquals(Absence.UNREACHABLE, link.absence(blocks.hashes().get(0)));
    assertEquals(ClusterInfo.unreachable("a"), link.cluster());
    Grid back = member();
    awaitKnown(link, blocks.hashes(), 0); // what it held is gone
    Await.until("it takes blocks again", () -> takes(link, blocks));
    assertSame(blocks.blocks().get(0), Source.REMOTE, fetch(link, blocks.hashes().get(0)));
    assertEquals(1, back.countLeading(blocks.hashes()));
  }

  @Test
  void kill_membersEnd_whatIsNearIsFoundStill() throws Exception {
    TestingBlocks blocks = TestingBlocks.chain(7, 3, 100);
    Grid member = member();
    GridLink link = client("a");
    blocks.putInto(member);
    awaitKnown(link, blocks.hashes(), 3);
    fetchNear(link, blocks.hashes().subList(0, 1));

    member.kill();

    Await.until("it is known to be away", () -> !link.grid().isReached());
    assertEquals(1, link.countLeading(blocks.hashes()));
    assertSame(blocks.blocks().get(0), Source.NEAR, fetch(link, blocks.hashes().get(0)));
  }

  private static boolean fails(GridLink link, BlockHash hash) {
    return link.fetch(hash, 100)
        .handle((fetched, failure) -> failure != null)
        .toCompletableFuture()
        .join();
  }

  private static boolean takes(GridLink link, TestingBlocks blocks) {
    try {
      return link.putIfAbsent(blocks.placements().get(0), blocks.blocks().get(0))
          == StoreOutcome.STORED;
    } catch (RuntimeException e) {
      return false;
    }
  }

  @Test
  void admin_clientAndMember_seeAndChangeTheSame() {
    Grid member = member();
    GridLink link = client("a");
    AtomicInteger clears = new AtomicInteger();
    link.whenReached(grid -> grid.onClear(clears::incrementAndGet));
    TestingBlocks blocks = TestingBlocks.chain(5, 3, 100);
    blocks.putInto(member);
    awaitKnown(link, blocks.hashes(), 3);

    ClusterInfo cluster = link.cluster();
    assertEquals("a", cluster.node());
    assertEquals(Topology.CLIENT_SERVER, cluster.topology());
    assertEquals(List.of("a"), cluster.clients().stream().map(ClientInfo::name).toList());
    assertEquals(Topology.EMBEDDED, member.admin().cluster().topology());
    assertEquals(cluster.clients(), member.admin().cluster().clients());
    assertEquals(List.of("m"), cluster.members().stream().map(info -> info.name()).toList());
    assertEquals(3, cluster.members().get(0).ownedBlocks());
    CacheSettings changed = new CacheSettings(EvictionKind.FIFO, 1 << 25, LoadRule.AUTO, 99);
    TestingGrid.change(link.grid(), changed);
    Await.until("the member heard", () -> member.admin().settings().equals(changed));

    assertEquals(3, member.admin().clear(ClearScope.ALL));
    awaitKnown(link, blocks.hashes(), 0);
    assertEquals(1, clears.get());
  }

  @Test
  void announce_clientDies_freesItsFollowersWithinItsLease() {
    Grid unused = member();
    GridLink a = client("a");
    GridLink b = client("b");
    Flight flight = new Flight(TestingBlocks.chain(6, 2, 0).hashes(), true);
    assertTrue(a.flights().announce(flight).isEmpty());
    Await.until("b hears", () -> b.flights().find(flight.first()).isPresent());
    Await.until("b is told whose it is", () -> b.flights().announce(flight).isPresent());

    a.grid().kill();

    Await.until("b is free", () -> b.flights().find(flight.first()).isEmpty());
    Await.until("b may compute", () -> b.flights().announce(flight).isEmpty());
  }
}
