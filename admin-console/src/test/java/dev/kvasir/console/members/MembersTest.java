package dev.kvasir.console.members;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.ClientInfo;
import dev.kvasir.cache.ClusterInfo;
import dev.kvasir.cache.MemberInfo;
import dev.kvasir.cache.NodeReport;
import dev.kvasir.cache.NodeReport.Load;
import dev.kvasir.console.TestingActs;
import dev.kvasir.console.TestingCacheAdmin;
import dev.kvasir.console.TestingNotices;
import dev.kvasir.console.TestingSnapshots;
import dev.kvasir.console.Texts;
import java.util.List;
import org.junit.jupiter.api.Test;

class MembersTest {
  private final TestingCacheAdmin cache = new TestingCacheAdmin();
  private final TestingSnapshots snapshots = new TestingSnapshots(cache);
  private final TestingDrain drain = new TestingDrain();
  private final TestingActs acts = new TestingActs();
  private final TestingNotices notices = new TestingNotices();
  private final Members members = new Members();

  @SuppressWarnings("UnnecessaryAssignment") // no container injects here
  MembersTest() {
    members.snapshots = snapshots;
    members.drain = drain;
    members.acts = acts;
    members.notices = notices;
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
    assertEquals(List.of(), members.getClients());
    assertFalse(members.isMixed());
    assertEquals(
        List.of("a inner asked", "b inner"),
        members.getTopology().spots().stream()
            .map(spot -> spot.name() + " " + spot.kind())
            .toList());
    assertEquals(1, members.getTopology().lines().size());
    assertEquals("136 of 271", members.partitions(members.getList().get(0)));
    NodeReport b = members.getList().get(1).report();
    assertEquals("1.0 \u00b7 Java 17", members.version(b));
    assertEquals("1 of 4 running, 0 waiting \u00b7 7.3 tokens/s", members.load(b));
  }

  @Test
  void list_clientOfMembers_clientsNamed() {
    NodeReport runs = new NodeReport("2.0", "21", true, 0, null);
    MemberInfo grid = new MemberInfo("grid", "127.0.0.1:5701", false, 271, 1, 2048, 0, 4096, runs);
    ClientInfo a = new ClientInfo("a", "127.0.0.1:1").with(runs);
    ClientInfo b =
        new ClientInfo("b", "127.0.0.1:2")
            .with(new NodeReport("1.0", "17", true, 0, new Load(0, 0, 4, true, 0)));
    cache.setCluster(
        new ClusterInfo(
            "a", ClusterInfo.Topology.CLIENT_SERVER, List.of(grid), List.of(a, b), true));
    snapshots.taken();
    assertEquals(List.of(grid), members.getList());
    assertEquals(List.of(a, b), members.getClients());
    assertTrue(members.isHere(a));
    assertFalse(members.isHere(b));
    assertEquals("answers no requests", members.load(runs));
    assertEquals(
        "0 of 4 running, 0 waiting \u00b7 0.0 tokens/s \u00b7 being drained",
        members.load(b.report()));
    Topology picture = members.getTopology();
    assertEquals(
        List.of("grid inner", "a outer asked", "b outer"),
        picture.spots().stream().map(spot -> spot.name() + " " + spot.kind()).toList());
    assertEquals(2, picture.lines().size(), "each client and the member");
    assertTrue(members.isMixed());
    assertEquals("not known yet", members.version(NodeReport.SILENT));
    assertEquals("not known yet", members.load(NodeReport.SILENT));
  }

  @Test
  void list_clientReachesNobody_saysSo() {
    cache.setCluster(ClusterInfo.unreachable("a"));
    snapshots.taken();
    assertEquals(List.of("a"), members.getClients().stream().map(ClientInfo::name).toList());
    assertTrue(
        members.getSummary().startsWith("No member of the grid can be reached."),
        members::getSummary);
    assertFalse(members.isSafe());
  }

  @Test
  void list_gridHangs_lastKnownShown() {
    snapshots.taken();
    cache.fail(new IllegalStateException("the grid is gone"));
    snapshots.taken();
    assertEquals(2, members.getList().size());
  }

  @Test
  void drain_andBack_toldAndNoted() {
    members.drain();
    assertTrue(members.getDrain().draining());
    members.undrain();
    assertFalse(members.getDrain().draining());
    assertEquals(
        List.of("INFO 0: Node a takes no new requests.", "INFO 0: Node a takes requests again."),
        notices.told);
    assertEquals(List.of("drain node a DONE", "end drain of node a DONE"), acts.noted);
  }

  @Test
  void drain_fails_told() {
    drain.fails = true;
    members.drain();
    assertTrue(notices.told.get(0).startsWith("ERROR 2: It was not done."));
    assertEquals(List.of("drain node a FAILED"), acts.noted);
  }
}
