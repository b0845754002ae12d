package dev.kvasir.console.members;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.MemberInfo;
import dev.kvasir.console.TestingCacheAdmin;
import dev.kvasir.console.TestingSnapshots;
import dev.kvasir.console.Texts;
import java.util.List;
import org.junit.jupiter.api.Test;

class MembersTest {
  private final TestingCacheAdmin cache = new TestingCacheAdmin();
  private final TestingSnapshots snapshots = new TestingSnapshots(cache);
  private final Members members = new Members();

  @SuppressWarnings("UnnecessaryAssignment") // no container injects here
  MembersTest() {
    members.snapshots = snapshots;
  }

  @Test
  void list_nothingTaken_empty() {
    assertEquals(List.of(), members.getList());
    assertEquals(Texts.of("shell.starting"), members.getSummary());
  }

  @Test
  void list_twoNodes_bothShown() {
    snapshots.taken();
    assertEquals(List.of("a", "b"), members.getList().stream().map(MemberInfo::name).toList());
    assertEquals("2 nodes, every block has its backup.", members.getSummary());
    assertTrue(members.isSafe());
  }

  @Test
  void list_gridHangs_lastKnownShown() {
    snapshots.taken();
    cache.fail(new IllegalStateException("the grid is gone"));
    snapshots.taken();
    assertEquals(2, members.getList().size());
  }
}
