package dev.kvasir.cache.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.BlockStore.Placement;
import dev.kvasir.cache.tenants.Grant;
import dev.kvasir.cache.tenants.KeyRole;
import dev.kvasir.cache.tenants.NewKey;
import dev.kvasir.cache.tenants.RecordStore;
import dev.kvasir.cache.tenants.Registered;
import dev.kvasir.cache.tenants.Removal;
import dev.kvasir.cache.tenants.SeenGroup;
import dev.kvasir.cache.tenants.SharedDirectory;
import dev.kvasir.cache.tenants.Tenant;
import dev.kvasir.inference.BlockHash;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Tenants and keys on two members of a real grid, and a tenant's way out of it. */
final class GridRecordsTest extends TwoMembers {
  @Test
  void replace_versionThatIsThere_onlyOnce() {
    Tenant first = new Tenant("versions", Instant.ofEpochMilli(1), 1, false);
    Tenant second = new Tenant("versions", Instant.ofEpochMilli(1), 2, true);

    assertTrue(a.records().replace(null, first));
    assertFalse(b.records().replace(null, first));
    assertTrue(b.records().replace(first, second));
    assertFalse(a.records().replace(first, second));
    assertEquals(second, a.records().get("tenant:versions"));
  }

  @Test
  void key_madeOnOneMember_goodOnTheOtherWithinASecond() {
    SharedDirectory here = directory(a);
    SharedDirectory there = directory(b);
    NewKey made =
        here.createKey(
            new Grant("default", "grid", KeyRole.OPERATOR, 7, 8),
            Instant.parse("2999-01-01T00:00:00Z"));
    long start = System.nanoTime();
    Await.until("b knows the key", () -> there.authenticate(made.text()).isPresent());
    assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(1));
    assertEquals(made.key(), there.authenticate(made.text()).orElseThrow());

    there.deleteKey("default", made.key().id());
    Await.until("a knows it is gone", () -> here.authenticate(made.text()).isEmpty());
  }

  @Test
  void group_consentsOnEitherMember_oneSaltOnBothWithinASecond() {
    SharedDirectory here = directory(a);
    SharedDirectory there = directory(b);
    here.create("first");
    here.create("second");
    here.groups().create("grid-group", "of two members");
    SeenGroup group = SeenGroup.any("grid-group");
    here.groups().invite(group, "first", "ada");
    here.groups().invite(group, "second", "ada");
    there.groups().consent(group, "first", "its owner", "bob");
    here.groups().consent(group, "second", "its owner", "bob");
    long start = System.nanoTime();
    Await.until("b knows", () -> there.salts().textOf("first").isPresent());
    assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(1));
    assertEquals(here.salts().textOf("second"), there.salts().textOf("first"));
    assertEquals(here.groups().group("grid-group"), there.groups().group("grid-group"));

    there.groups().leave(group, "first");
    Await.until("a knows", () -> here.salts().textOf("second").isEmpty());
  }

  @Test
  void dropBlocks_ofOneTenant_leavesEveryTierAndNobodyElses() {
    TestingBlocks theirs = TestingBlocks.chain(70, 6, 100);
    TestingBlocks others = TestingBlocks.chain(71, 4, 100);
    others.putInto(a);
    for (int i = 0; i < 6; i++) {
      BlockHash hash = theirs.hashes().get(i);
      a.putIfAbsent(
          new Placement(hash, i == 0 ? null : theirs.hashes().get(i - 1), i, "acme"),
          theirs.blocks().get(i));
    }
    cluster.awaitKnown(theirs.hashes());
    cluster.awaitKnown(others.hashes());
    a.admin().pin(theirs.hashes().get(5));
    Await.until(
        "near holds all", // each may still be invalidated once, as it was stored just now
        () -> {
          theirs.hashes().forEach(hash -> GridTest.fetch(b, hash));
          return b.stats().near().entries() == 6;
        });
    b.onDrop(tenant -> tenant.equals("acme") ? 9 : 0);

    Removal.Dropped dropped = a.records().dropBlocks("acme");

    assertEquals(6, dropped.grid());
    assertTrue(dropped.near() >= 1 && dropped.near() <= 6, dropped::toString);
    assertEquals(18, dropped.pool(), "asked before the grid and after it");
    for (Grid grid : List.of(a, b)) {
      Await.until("they are gone", () -> grid.countLeading(theirs.hashes()) == 0);
      assertNull(GridTest.fetch(grid, theirs.hashes().get(3)));
      assertEquals(4, grid.countLeading(others.hashes()));
      Await.until(
          "no pin is left",
          () -> grid.admin().blocks("", 1_000).stream().noneMatch(block -> block.pinned()));
    }
    assertEquals(new Removal.Dropped(0, 0, 9, 0), b.records().dropBlocks("acme"));
  }

  private static SharedDirectory directory(Grid grid) {
    SharedDirectory directory =
        new SharedDirectory(
            grid.records(),
            new NoDisk(),
            "secret of the tests",
            new SharedDirectory.Site(InstantSource.system(), Runnable::run));
    directory.start();
    return directory;
  }

  private static final class NoDisk implements RecordStore {
    @Override
    public List<Registered> load() {
      return List.of();
    }

    @Override
    public void save(Registered record) {
      // the grid is what is tested
    }
  }
}
