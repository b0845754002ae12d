package dev.kvasir.cache.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.cache.SettingsVersion;
import dev.kvasir.cache.tenants.RecordStore;
import dev.kvasir.cache.tenants.Registered;
import dev.kvasir.cache.tenants.SharedDirectory;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Settings and pins after all members were gone at once: as the nodes' disks have them. */
@Timeout(120)
final class MetaKeeperTest extends OneMember {
  private static final CacheSettings SIEVE =
      new CacheSettings(EvictionKind.SIEVE, 1L << 29, LoadRule.NEVER, 77);
  private static final CacheSettings FIFO =
      new CacheSettings(EvictionKind.FIFO, 1L << 28, LoadRule.ALWAYS, 78);

  private final Disk disk = new Disk();

  /** A server over a member, with a disk, as it keeps up. */
  private static SharedDirectory server(Grid grid, RecordStore disk) {
    SharedDirectory directory =
        new SharedDirectory(
            grid.records(),
            disk,
            "secret of the tests",
            new SharedDirectory.Site(InstantSource.system(), Runnable::run));
    directory.start();
    grid.keeper().keep(directory.texts());
    return directory;
  }

  private static void set(Grid grid, SharedDirectory server, CacheSettings settings) {
    TestingGrid.change(grid, settings);
    grid.keeper().keep(server.texts());
  }

  /** A cluster of this one life that ends with all its members. */
  private void inOneLife(RecordStore ofServer, Life life) {
    try (Grid grid =
        Grid.start(TestingGrid.config("m", TestingGrid.freePort(), List.of()), scheduler)) {
      life.live(grid, server(grid, ofServer));
    }
  }

  /** What happens in it. */
  private interface Life {
    void live(Grid grid, SharedDirectory server);
  }

  @Test
  void keep_nothingChanged_configurationCounts() {
    inOneLife(disk, (grid, server) -> assertEquals(TestingGrid.SETTINGS, grid.admin().settings()));
    assertTrue(disk.kept.isEmpty(), disk.kept::toString);
  }

  @Test
  void start_allMembersWereGone_settingsHistoryAndTagAsBefore() {
    Map<String, SettingsVersion> before = new HashMap<>();
    inOneLife(
        disk,
        (grid, server) -> {
          set(grid, server, FIFO);
          set(grid, server, SIEVE);
          before.put("last", grid.admin().version());
        });
    inOneLife(
        disk,
        (grid, server) -> {
          assertEquals(before.get("last"), grid.admin().version());
          assertEquals(
              List.of(SIEVE, FIFO, TestingGrid.SETTINGS),
              grid.admin().history().stream().map(SettingsVersion::settings).toList());
          set(grid, server, FIFO);
          assertEquals(4, grid.admin().version().number());
        });
  }

  @Test
  void start_diskWithOlderSettingsFirst_laterOnesWin() {
    Disk late = new Disk();
    inOneLife(
        disk,
        (grid, server) -> {
          set(grid, server, FIFO);
          late.kept.putAll(disk.kept);
          SharedDirectory second = server(grid, late);
          disk.full = true;
          set(grid, second, SIEVE);
        });
    disk.full = false;
    inOneLife(
        disk,
        (grid, server) -> {
          assertEquals(FIFO, grid.admin().settings());
          SharedDirectory unused = server(grid, late);
          assertEquals(SIEVE, grid.admin().settings());
          grid.keeper().keep(server.texts());
          assertEquals(SIEVE, grid.admin().settings());
        });
  }

  @Test
  void start_administratorWasFaster_whatRunsStays() {
    inOneLife(disk, (grid, server) -> set(grid, server, FIFO));
    inOneLife(
        new Disk(),
        (grid, server) -> {
          set(grid, server, SIEVE);
          SharedDirectory unused = server(grid, disk);
          assertEquals(SIEVE, grid.admin().settings());
        });
  }

  @Test
  void pins_allMembersWereGone_backUntilTheyAreLifted() {
    TestingBlocks blocks = TestingBlocks.chain(1, 2, 100);
    inOneLife(
        disk,
        (grid, server) -> {
          blocks.putInto(grid);
          Await.until("both are known", () -> grid.countLeading(blocks.hashes()) == 2);
          assertEquals(2, grid.admin().pin(blocks.hashes().get(1)));
          grid.keeper().keep(server.texts());
        });
    inOneLife(
        disk,
        (grid, server) -> {
          assertEquals(Set.copyOf(blocks.hashes()), grid.pins());
          assertEquals(1, grid.admin().unpin(blocks.hashes().get(0)));
          assertEquals(1, grid.admin().unpin(blocks.hashes().get(1)));
          grid.keeper().keep(server.texts());
          grid.keeper().keep(server.texts());
          assertEquals(Set.of(), grid.pins());
        });
    inOneLife(disk, (grid, server) -> assertEquals(Set.of(), grid.pins()));
  }

  private static final class Disk implements RecordStore {
    final Map<String, Registered> kept = new HashMap<>();
    boolean full;

    @Override
    public synchronized List<Registered> load() {
      return List.copyOf(kept.values());
    }

    @Override
    public synchronized void save(Registered record) {
      if (full) {
        throw new IllegalStateException("the disk is full");
      }
      kept.merge(record.registryKey(), record, (a, b) -> b.version() > a.version() ? b : a);
    }
  }
}
