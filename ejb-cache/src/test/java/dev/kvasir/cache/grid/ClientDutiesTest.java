package dev.kvasir.cache.grid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.BlockTier.WriteReason;
import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.ClusterInfo;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.cache.Lookup;
import dev.kvasir.cache.NodeReport.Load;
import dev.kvasir.cache.Source;
import dev.kvasir.cache.StoreOutcome;
import dev.kvasir.cache.TenantLimits;
import dev.kvasir.cache.audit.AuditEvent;
import dev.kvasir.cache.audit.AuditRecord;
import dev.kvasir.cache.disk.DiskRules;
import dev.kvasir.cache.disk.DiskTier;
import dev.kvasir.cache.tenants.Removal.Dropped;
import dev.kvasir.completion.MissReason;
import dev.kvasir.inference.BlockHash;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What holds among members holds for two clients of one: room, pins, quotas, tenants, disks. */
@Timeout(120)
final class ClientDutiesTest extends OneMember {
  private static final int BLOCK_BYTES = 20_000;
  private static final CacheSettings SMALL =
      new CacheSettings(EvictionKind.LRU, CacheSettings.MIN_BUDGET_BYTES, LoadRule.ALWAYS, 2_000);

  private final Grid member = member();
  private final GridLink a = client("a");
  private final GridLink b = client("b");

  @BeforeEach
  void small() {
    TestingGrid.change(a.grid(), SMALL);
    Await.until("all heard", () -> member.admin().settings().equals(SMALL));
    Await.until("all heard", () -> b.settings().equals(SMALL));
  }

  @Test
  void cluster_clientsAndMember_eachSaysHowBusyItIs() {
    Load busy = new Load(1, 0, 4, false, 7.5);
    b.grid().showLoad(() -> busy);
    for (Supplier<ClusterInfo> seen :
        List.<Supplier<ClusterInfo>>of(a::cluster, b::cluster, member.admin()::cluster)) {
      Await.until(
          "b is seen",
          () ->
              seen.get().clients().stream()
                  .anyMatch(
                      client -> client.name().equals("b") && busy.equals(client.report().load())));
      assertNull(seen.get().members().get(0).report().load(), "it has no model");
    }
  }

  @Test
  void overBudget_clientsWrite_memberEvictsAndPinsStay() {
    TestingBlocks pinned = TestingBlocks.chain(1, 5, BLOCK_BYTES);
    put(a, pinned);
    awaitKnown(b, pinned.hashes(), 5);
    assertEquals(5, b.grid().admin().pin(pinned.hashes().get(4)));
    Await.until("a heard of the pins", () -> a.pins().size() == 5);

    for (int i = 0; i < 16; i++) {
      put(i % 2 == 0 ? a : b, TestingBlocks.chain(100 + i, 5, BLOCK_BYTES));
    }

    Await.until(
        "within budget",
        () -> member.stats().held().bytesHere() <= CacheSettings.MIN_BUDGET_BYTES * 0.9);
    Await.until(
        "a knows who left", () -> a.stats().held().blocks() == member.stats().held().blocks());
    assertEquals(5, a.countLeading(pinned.hashes()));
    assertTrue(a.stats().evicted("policy") > 0, () -> a.stats().toString());
    assertEquals(0, a.stats().held().bytesHere(), "a client holds nothing");
  }

  @Test
  void write_overQuota_refusedForEitherClient() {
    CacheSettings limited = SMALL.withLimits("acme", new TenantLimits(2 * BLOCK_BYTES, null));
    TestingGrid.change(b.grid(), limited);
    Await.until("the member heard", () -> member.admin().settings().equals(limited));
    TestingBlocks three = TestingBlocks.chain("acme", 2, 3, BLOCK_BYTES);

    assertEquals(StoreOutcome.STORED, put(a, three, 0));
    assertEquals(StoreOutcome.STORED, put(b, three, 1));
    Await.until("the member knows", () -> member.countLeading(three.hashes()) == 2);
    assertEquals(StoreOutcome.OVER_QUOTA, put(a, three, 2));
    assertEquals(StoreOutcome.STORED, put(a, TestingBlocks.chain("other", 3, 1, BLOCK_BYTES), 0));
  }

  @Test
  void dropBlocks_byOneClient_emptiesEveryTierOfBoth(@TempDir Path folder) throws Exception {
    TestingBlocks hers = TestingBlocks.chain("acme", 4, 3, 100);
    TestingBlocks others = TestingBlocks.chain("other", 5, 2, 100);
    put(a, hers);
    put(a, others);
    awaitKnown(b, hers.hashes(), 3);
    awaitKnown(b, others.hashes(), 2);
    fetchNear(b, hers.hashes());
    a.grid().onDrop(tenant -> 7);
    b.grid().onDrop(tenant -> tenant.equals("acme") ? 5 : 0);
    DiskTier disk = disk(folder, b);
    assertTrue(
        disk.write(hers.placements().get(0), hers.blocks().get(0), WriteReason.PUBLISHED, 0));
    Await.until("it lies on b's disk", () -> disk.contains(hers.hashes().get(0)));

    Dropped dropped = a.records().dropBlocks("acme");

    assertEquals(3, dropped.grid());
    assertTrue(dropped.near() >= 3, dropped::toString);
    assertTrue(dropped.pool() >= 12 && dropped.pool() % 12 == 0, dropped::toString);
    assertEquals(1, dropped.disk());
    assertEquals(0, b.stats().near().entries());
    assertFalse(disk.contains(hers.hashes().get(0)));
    awaitKnown(b, hers.hashes(), 0);
    awaitKnown(b, others.hashes(), 2);
    disk.close();
  }

  @Test
  void expire_byOneClient_leavesEveryTierOfBoth(@TempDir Path folder) throws Exception {
    TestingBlocks chain = TestingBlocks.chain(9, 3, 100);
    put(a, chain);
    awaitKnown(b, chain.hashes(), 3);
    fetchNear(b, chain.hashes());
    DiskTier disk = disk(folder, b);
    BlockHash last = chain.hashes().get(2);
    assertTrue(
        disk.write(chain.placements().get(2), chain.blocks().get(2), WriteReason.PUBLISHED, 0));
    Await.until("it lies on b's disk", () -> disk.contains(last));

    assertEquals(1, a.grid().branches().expire("default", List.of(last)));

    awaitKnown(b, chain.hashes(), 2);
    assertEquals(2, b.stats().near().entries());
    assertFalse(disk.contains(last));
    Await.until("b knows why", () -> b.absence(last).reason() == MissReason.EXPIRED);
    disk.close();
  }

  @Test
  void sweepBlocks_wasAwayWhenOthersDropped_dropsHereOnce() {
    List<String> dropped = new CopyOnWriteArrayList<>();
    a.grid()
        .onDrop(
            tenant -> {
              dropped.add(tenant);
              return 0;
            });
    a.records().sweepBlocks("gone");
    a.records().sweepBlocks("gone");
    assertEquals(List.of("gone"), dropped);
  }

  @Test
  void disk_ofOneClient_isReadByTheOtherAndTheMember(@TempDir Path folder) throws Exception {
    TestingBlocks chain = TestingBlocks.chain(6, 3, BLOCK_BYTES);
    DiskTier disk = disk(folder, a);
    for (int i = 0; i < 3; i++) {
      assertTrue(
          a.disk()
              .write(chain.placements().get(i), chain.blocks().get(i), WriteReason.PUBLISHED, 0));
    }
    BlockHash first = chain.hashes().get(0);
    Await.until(
        "b and the member know", () -> b.disk().contains(first) && member.disk().contains(first));

    Lookup.Fetched read =
        b.disk().fetch(first, 5_000).toCompletableFuture().get(9, TimeUnit.SECONDS);

    assertNotNull(read);
    assertEquals(Source.DISK, read.source());
    assertArrayEquals(chain.blocks().get(0).bytes(), read.block().bytes());
    assertNotNull(member.disk().fetch(first, 5_000).toCompletableFuture().get(9, TimeUnit.SECONDS));
    b.disk().remove(first);
    Await.until("a dropped it", () -> !disk.contains(first));

    a.grid().kill();

    Await.until("b forgot its disk", () -> !b.disk().contains(chain.hashes().get(1)));
    disk.close();
  }

  @Test
  void auditFeed_eventOfOneClient_heardByAllOthers() {
    List<String> heard = new CopyOnWriteArrayList<>();
    a.auditFeed().listen(record -> heard.add("a " + record.id()));
    b.auditFeed().listen(record -> heard.add("b " + record.id()));
    member.auditFeed().listen(record -> heard.add("m " + record.id()));
    AuditEvent event =
        new AuditEvent(Instant.EPOCH, "ada", "test", "x", "", AuditEvent.Outcome.DONE);

    a.auditFeed().publish(new AuditRecord("1", "a", event));
    member.auditFeed().publish(new AuditRecord("2", "m", event));

    Await.until("four hear", () -> heard.size() == 4);
    assertEquals(List.of("a 2", "b 1", "b 2", "m 1"), heard.stream().sorted().toList());
  }

  private DiskTier disk(Path folder, GridLink link) {
    DiskTier disk =
        DiskTier.open(
            folder, null, new DiskRules(100L << 20, EvictionKind.LRU, link::pins), scheduler);
    link.share(disk);
    return disk;
  }

  private static StoreOutcome put(GridLink link, TestingBlocks blocks, int index) {
    return link.putIfAbsent(blocks.placements().get(index), blocks.blocks().get(index));
  }
}
