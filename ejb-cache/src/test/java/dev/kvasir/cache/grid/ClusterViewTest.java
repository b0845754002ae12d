package dev.kvasir.cache.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.cluster.Member;
import dev.kvasir.cache.Build;
import dev.kvasir.cache.MemberInfo;
import dev.kvasir.cache.NodeReport;
import dev.kvasir.cache.NodeReport.Load;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each member says what it runs and how busy it is; one that does not holds nobody up. */
@Timeout(60)
class ClusterViewTest extends TwoMembers {
  private static final Load BUSY = new Load(2, 3, 4, true, 12.5);

  private NodeReport seenOfB() {
    return a.admin().cluster().members().stream()
        .filter(member -> member.name().equals("b"))
        .map(MemberInfo::report)
        .findFirst()
        .orElseThrow();
  }

  private void showBusy() {
    b.showLoad(() -> BUSY);
    Await.until("b says how busy it is", () -> BUSY.equals(seenOfB().load()));
  }

  @Test
  void cluster_otherMember_saysWhatItRunsAndHowBusyItIs() {
    showBusy();
    NodeReport seen = seenOfB();
    assertTrue(seen.answering());
    assertTrue(Build.version().matches("\\d+\\.\\d+\\.\\d+.*"), Build::version);
    assertEquals(Build.version(), seen.version());
    assertEquals(Runtime.version().toString(), seen.java());
  }

  @Test
  void cluster_partitions_sharedOutAndBlocksNearCounted() {
    showBusy(); // it answers
    assertEquals(
        271, a.admin().cluster().members().stream().mapToInt(MemberInfo::partitions).sum());
    assertTrue(a.admin().cluster().members().stream().allMatch(one -> one.partitions() > 100));
    TestingBlocks blocks = TestingBlocks.chain(5, 40, 100);
    blocks.putInto(a);
    cluster.awaitKnown(blocks.hashes());
    Await.until(
        "b has some near",
        () -> {
          blocks.hashes().forEach(hash -> GridTest.fetch(b, hash));
          return seenOfB().nearBlocks() > 0;
        });
  }

  @Test
  void cluster_memberWithoutModel_hasNoLoad() {
    assertNull(a.admin().cluster().members().get(0).report().load());
  }

  @Test
  void cluster_otherMemberFails_lastKnownAndNotAnswering() {
    showBusy();
    b.showLoad(
        () -> {
          throw new IllegalStateException("of the test: the queue is not there");
        });
    NodeReport seen = seenOfB();
    assertFalse(seen.answering());
    assertEquals(BUSY, seen.load());
  }

  /** The asker used to be refused to read what it was answered, and waited in vain. */
  @Test
  void ask_otherMemberRefuses_heardAtOnceAndWhy() {
    b.showLoad(
        () -> {
          throw new GridException("of the test: still starting");
        });
    Member other =
        a.hazelcast().getCluster().getMembers().stream()
            .filter(member -> !member.localMember())
            .findFirst()
            .orElseThrow();
    Future<MemberNumbers> asked =
        a.hazelcast()
            .getExecutorService(HazelcastSettings.MEMBER_CALLS)
            .submitToMember(new AskNumbers(), other);
    ExecutionException failure =
        assertThrows(ExecutionException.class, () -> asked.get(10, TimeUnit.SECONDS));
    assertEquals(
        "of the test: still starting",
        assertInstanceOf(GridException.class, failure.getCause()).getMessage());
  }

  @Test
  void cluster_otherMemberHangs_answerComesWithoutIt() {
    CountDownLatch release = new CountDownLatch(1);
    b.showLoad(
        () -> {
          awaitQuietly(release);
          return BUSY;
        });
    try {
      assertFalse(seenOfB().answering());
    } finally {
      release.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
