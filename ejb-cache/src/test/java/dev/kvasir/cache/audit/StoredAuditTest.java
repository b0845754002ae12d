package dev.kvasir.cache.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.audit.AuditEvent.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class StoredAuditTest {
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
  private static final AuditQuery ALL = new AuditQuery(Instant.EPOCH, "", "", 1_000, "");

  private final TestingAuditStore disk = new TestingAuditStore();
  private final TestingFeed feed = new TestingFeed();
  private final List<Runnable> tasks = new ArrayList<>();
  private final Executor later = tasks::add;

  @Test
  void record_twoNodes_bothKeepIt() {
    TestingAuditStore otherDisk = new TestingAuditStore();
    StoredAudit a = new StoredAudit("a", 100, disk, feed.of(0), Runnable::run);
    StoredAudit b = new StoredAudit("b", 100, otherDisk, feed.of(1), Runnable::run);

    a.record(event("one"));
    b.record(event("two"));

    assertEquals(List.of("one", "two"), whats(disk));
    assertEquals(disk.kept, otherDisk.kept);
    assertEquals(List.of("a", "b"), disk.kept.stream().map(AuditRecord::node).toList());
  }

  @Test
  void record_gridInTrouble_keptHere() {
    feed.fails = true;
    new StoredAudit("a", 100, disk, feed.of(0), Runnable::run).record(event("one"));
    assertEquals(List.of("one"), whats(disk));
  }

  @Test
  void record_manyBeforeTheTaskRuns_oneTaskWritesAllInOrder() {
    StoredAudit audit = new StoredAudit("a", 2_000, disk, feed.of(0), later);
    for (int i = 0; i < 1_200; i++) {
      audit.record(event("act " + i));
    }
    assertEquals(1, tasks.size());
    tasks.get(0).run();
    assertEquals(1_200, disk.kept.size());
    assertEquals("act 1199", disk.kept.get(1_199).event().what());
    List<String> ids = disk.kept.stream().map(AuditRecord::id).toList();
    assertEquals(ids.stream().sorted().toList(), ids);
  }

  @Test
  void find_beforeTheTaskRan_seesWhatWasRecorded() {
    StoredAudit audit = new StoredAudit("a", 100, disk, feed.of(0), later);
    audit.record(event("one"));
    assertEquals(1, audit.find(ALL).records().size());
  }

  @Test
  void record_diskFull_keptUntilItIsNot() {
    StoredAudit audit = new StoredAudit("a", 100, disk, feed.of(0), Runnable::run);
    disk.full = true;
    audit.record(event("one"));
    assertThrows(IllegalStateException.class, () -> audit.find(ALL));
    disk.full = false;
    audit.record(event("two"));
    assertEquals(2, disk.kept.size());
  }

  @Test
  void record_queueFull_countedAsLost() {
    StoredAudit audit = new StoredAudit("a", 100, disk, feed.of(0), later);
    for (int i = 0; i < 10_007; i++) {
      audit.record(event("act"));
    }
    assertEquals(7, audit.lost());
  }

  @Test
  void write_moreThanIsKept_oldestLeave() {
    StoredAudit audit = new StoredAudit("a", 100, disk, feed.of(0), later);
    for (int i = 0; i < 600; i++) {
      audit.record(event("act " + i));
    }
    audit.write();
    assertEquals(100, disk.kept.size());
    assertEquals("act 599", disk.kept.get(99).event().what());
  }

  @Test
  void event_longOrBrokenTexts_cutAndPlain() {
    AuditEvent event =
        new AuditEvent(NOON, " ", "a\r\nb", "t".repeat(999), "1.2.3.4", Outcome.REFUSED);
    assertEquals("-", event.who());
    assertEquals("a  b", event.what());
    assertEquals(256, event.target().length());
    assertTrue(event.address().equals("1.2.3.4"));
  }

  @Test
  void query_limitOutOfRange_refused() {
    assertThrows(IllegalArgumentException.class, () -> new AuditQuery(NOON, "", "", 1_001, ""));
  }

  @Test
  void page_moreThanWanted_cursorIsTheLastShown() {
    TestingAuditStore store = new TestingAuditStore();
    StoredAudit audit = new StoredAudit("a", 100, store, feed.of(0), Runnable::run);
    audit.record(event("one"));
    audit.record(event("two"));
    AuditPage page = audit.find(new AuditQuery(Instant.EPOCH, "", "", 1, ""));
    assertEquals(page.records().get(0).id(), page.next());
    assertEquals("", audit.find(ALL).next());
  }

  private static AuditEvent event(String what) {
    return new AuditEvent(NOON, "ada", what, "", "127.0.0.1", Outcome.DONE);
  }

  private static List<String> whats(TestingAuditStore store) {
    return store.kept.stream().map(kept -> kept.event().what()).toList();
  }

  /** Tells the nodes of this process of each other's events. */
  private static final class TestingFeed {
    private final List<List<Consumer<AuditRecord>>> nodes =
        List.of(new ArrayList<>(), new ArrayList<>());
    private boolean fails;

    AuditFeed of(int node) {
      return new AuditFeed() {
        @Override
        public void publish(AuditRecord kept) {
          if (fails) {
            throw new IllegalStateException("no grid");
          }
          nodes.get(1 - node).forEach(listener -> listener.accept(kept));
        }

        @Override
        public void listen(Consumer<AuditRecord> listener) {
          nodes.get(node).add(listener);
        }
      };
    }
  }
}
