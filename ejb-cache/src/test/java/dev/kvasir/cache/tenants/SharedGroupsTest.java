package dev.kvasir.cache.tenants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.tenants.Removal.Dropped;
import dev.kvasir.cache.tenants.TenantRefusedException.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Groups on two nodes over one grid, each with a disk and a clock of its own. */
class SharedGroupsTest {
  private static final SeenGroup G = SeenGroup.any("g");
  private static final Dropped OF_TWO = new Dropped(6, 4, 2, 8);

  private Instant clockA = Instant.parse("2026-01-02T12:00:00Z");
  private Instant clockB = clockA.minusSeconds(3_600);
  private TestingRecords grid = new TestingRecords();
  private final TestingStore diskA = new TestingStore();
  private SharedDirectory a = nodeA();
  private SharedDirectory b =
      new SharedDirectory(
          grid,
          new TestingStore(),
          "secret",
          new SharedDirectory.Site(() -> clockB, Runnable::run));

  private SharedDirectory nodeA() {
    return new SharedDirectory(
        grid, diskA, "secret", new SharedDirectory.Site(() -> clockA, Runnable::run));
  }

  @BeforeEach
  void start() {
    a.start();
    b.start();
    List.of("acme", "beta", "ceta").forEach(a::create);
    a.groups().create("g", "all of them");
  }

  private GroupChange invite(SharedDirectory node, String tenant) {
    return node.groups().invite(G, tenant, "ada");
  }

  private GroupChange consent(SharedDirectory node, String tenant) {
    return node.groups().consent(G, tenant, "owner of " + tenant, "bob");
  }

  /** Acme and beta share. */
  private void shareTwo() {
    List.of("acme", "beta").forEach(tenant -> invite(a, tenant));
    List.of("acme", "beta").forEach(tenant -> consent(a, tenant));
    grid.dropped.clear();
  }

  private void assertSharing(List<String> tenants) {
    for (SharedDirectory node : List.of(a, b)) {
      List<Optional<String>> texts = tenants.stream().map(node.salts()::textOf).toList();
      assertEquals(tenants.isEmpty() ? 0 : 1, texts.stream().distinct().count());
      for (String tenant : List.of("acme", "beta", "ceta", "default")) {
        assertEquals(tenants.contains(tenant), node.salts().textOf(tenant).isPresent(), tenant);
      }
    }
  }

  @Test
  void consent_ofBoth_sharedOnAllNodesAndWhatTheyHadLeaves() {
    assertEquals(Dropped.NONE, invite(a, "acme").blocks());
    assertEquals(Dropped.NONE, invite(b, "beta").blocks());
    assertSharing(List.of());
    assertEquals(Dropped.NONE, consent(a, "beta").blocks());
    assertSharing(List.of());

    GroupChange last = consent(b, "acme");

    assertEquals(OF_TWO, last.blocks());
    assertEquals(List.of("acme", "beta"), grid.dropped);
    assertSharing(List.of("acme", "beta"));
    assertEquals(List.of("acme", "beta"), a.groups().group("g").inEffect());
    Membership.Consent kept = a.groups().group("g").members().get(1).consent();
    assertEquals(new Membership.Consent("owner of beta", "bob", clockA.plusMillis(3)), kept);
  }

  @Test
  void consent_clockBehind_isStillAfterWhatWasBefore() {
    invite(a, "acme");
    invite(a, "beta");
    consent(b, "acme");
    consent(b, "beta");
    assertSharing(List.of("acme", "beta"));
    invite(a, "ceta");
    consent(b, "ceta");
    assertSharing(List.of("acme", "beta"));
  }

  @Test
  void leave_atOnceOnAllNodes_andComingBackFindsNothingOld() {
    shareTwo();
    String before = a.salts().textOf("acme").orElseThrow();

    assertEquals(OF_TWO, b.groups().leave(G, "beta").blocks());

    assertEquals(List.of("acme", "beta"), grid.dropped);
    assertSharing(List.of());
    shareTwo();
    assertSharing(List.of("acme", "beta"));
    assertNotEquals(before, a.salts().textOf("acme").orElseThrow());
  }

  @Test
  void leave_ofThree_theOthersGoOnWithAnotherSalt() {
    for (String tenant : List.of("acme", "beta", "ceta")) {
      invite(a, tenant);
    }
    for (String tenant : List.of("acme", "beta", "ceta")) {
      consent(a, tenant);
    }
    assertSharing(List.of("acme", "beta", "ceta"));
    String before = a.salts().textOf("acme").orElseThrow();
    grid.dropped.clear();

    a.groups().leave(G, "beta");

    assertSharing(List.of("acme", "ceta"));
    assertNotEquals(before, a.salts().textOf("acme").orElseThrow());
    assertEquals(List.of("acme", "beta", "ceta"), grid.dropped);
  }

  @Test
  void leave_changesInTheOtherHalfOfASplitCluster_staysAway() {
    shareTwo();
    SharingGroup half = a.groups().group("g");
    grid.losesEvents = true;
    a.groups().leave(G, "beta");
    for (int change = 0; change < 5; change++) {
      half = half.with(half.members(), half.changed().plusSeconds(1));
    }
    grid.records.put(half.registryKey(), half); // of two halves, the larger one's stays

    a.upkeep();
    b.upkeep();

    assertSharing(List.of());
  }

  @Test
  void delete_group_nobodySharesAndTheIdIsGone() {
    shareTwo();
    assertEquals(OF_TWO, b.groups().delete(G).blocks());
    assertSharing(List.of());
    assertEquals(List.of(), a.groups().groups());
    assertEquals(Reason.UNKNOWN, refusal(() -> a.groups().group("g")).reason());
    assertEquals(Reason.UNKNOWN, refusal(() -> a.groups().delete(G)).reason());
    assertEquals(Reason.CONFLICT, refusal(() -> a.groups().create("g", "again")).reason());
  }

  @Test
  void delete_tenant_leavesItsGroupsAndItsOwnBlocksAreCounted() {
    shareTwo();
    Removal removal = a.delete("beta");
    assertEquals(new Dropped(3, 2, 1, 4), removal.blocks());
    assertEquals("beta", grid.dropped.get(0));
    assertTrue(grid.dropped.contains("acme"), "its names are others now");
    assertSharing(List.of());
    assertEquals(1, b.groups().group("g").members().size());
  }

  @Test
  void upkeep_tenantInvitedWhileItWasDeleted_leaves() {
    invite(a, "beta");
    SharingGroup before = a.groups().group("g");
    a.delete("beta");
    SharingGroup late =
        new SharingGroup("g", "all of them", before.members(), before.changed(), 9, false);
    grid.records.put(late.registryKey(), late);
    b.upkeep();
    b.upkeep();
    assertEquals(List.of(), b.groups().group("g").members());
  }

  @Test
  void restartOfAll_gridLost_groupComesBackFromDisk() {
    shareTwo();
    SharingGroup before = a.groups().group("g");
    grid = new TestingRecords();
    SharedDirectory again = nodeA();
    again.start();
    assertEquals(before, again.groups().group("g"));
    assertEquals(a.salts().textOf("acme"), again.salts().textOf("acme"));
  }

  @Test
  void change_ofAnotherStateThanWasSeen_refusedWithItsTag() {
    String seen = a.groups().group("g").tag();
    String now = invite(a, "acme").now().tag();
    SeenGroup stale = new SeenGroup("g", seen::equals);
    StaleGroupException refused =
        assertThrows(StaleGroupException.class, () -> b.groups().invite(stale, "beta", "ada"));
    assertEquals(now, refused.tag());
    assertEquals(1, b.groups().group("g").members().size());
    b.groups().invite(new SeenGroup("g", now::equals), "beta", "ada");
    assertEquals(2, a.groups().group("g").members().size());
  }

  @Test
  void invite_twice_nothingChanges() {
    SharingGroup once = invite(a, "acme").now();
    assertEquals(once, invite(b, "acme").now());
  }

  @Test
  void consent_toTwoGroups_refused() {
    shareTwo();
    a.groups().create("h", "another");
    b.groups().invite(SeenGroup.any("h"), "beta", "ada");
    TenantRefusedException refused =
        refusal(() -> b.groups().consent(SeenGroup.any("h"), "beta", "x", "ada"));
    assertEquals(Reason.CONFLICT, refused.reason());
    a.groups().leave(G, "beta");
    b.groups().consent(SeenGroup.any("h"), "beta", "x", "ada");
  }

  @Test
  void twoGroupsOfOneTenant_afterASplit_theFirstHoldsOnAllNodes() {
    shareTwo();
    SharingGroup other = a.groups().group("g");
    SharingGroup merged = new SharingGroup("f", "f", other.members(), other.changed(), 1, false);
    grid.records.put(merged.registryKey(), merged);
    a.upkeep();
    b.upkeep();
    assertTrue(a.salts().textOf("acme").orElseThrow().startsWith("f:"));
    assertSharing(List.of("acme", "beta"));
  }

  @Test
  void change_ofWhatIsNot_refusedWithReason() {
    assertEquals("id", refusal(() -> a.groups().create("../g", "x")).field());
    assertEquals("name", refusal(() -> a.groups().create("h", "a\nb")).field());
    assertEquals(Reason.CONFLICT, refusal(() -> b.groups().create("g", "x")).reason());
    assertEquals(Reason.UNKNOWN, refusal(() -> invite(a, "nobody")).reason());
    assertEquals(Reason.UNKNOWN, refusal(() -> consent(a, "acme")).reason());
    assertEquals(Reason.UNKNOWN, refusal(() -> a.groups().leave(G, "acme")).reason());
    invite(a, "acme");
    assertEquals("given_by", refusal(() -> a.groups().consent(G, "acme", " ", "ada")).field());
  }

  @Test
  void invite_moreThanAGroupMayHave_refused() {
    IntStream.range(0, SharingGroups.MAX_MEMBERS)
        .mapToObj(i -> "t" + i)
        .forEach(
            tenant -> {
              a.create(tenant);
              invite(a, tenant);
            });
    assertEquals(Reason.CONFLICT, refusal(() -> invite(a, "acme")).reason());
  }

  private static TenantRefusedException refusal(org.junit.jupiter.api.function.Executable act) {
    return assertThrows(TenantRefusedException.class, act);
  }
}
