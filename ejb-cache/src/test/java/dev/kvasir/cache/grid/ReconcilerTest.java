package dev.kvasir.cache.grid;

import dev.kvasir.inference.BlockHash;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What lost events leave behind is mended and counted. */
final class ReconcilerTest extends TwoMembers {
  @Test
  void payloadGone_entryIsTakenOutOnAllMembers() {
    TestingBlocks chain = TestingBlocks.chain(1, 10, 100);
    chain.putInto(a);
    cluster.awaitKnown(chain.hashes());
    long before = reconciled();

    chain.hashes().forEach(a.payloads()::delete);

    Await.until("a forgot all", () -> known(a, chain) == 0);
    Await.until("b forgot all", () -> known(b, chain) == 0);
    Await.until("each is counted once", () -> reconciled() == before + 10);
  }

  @Test
  void entryGone_payloadIsTakenOut() {
    TestingBlocks chain = TestingBlocks.chain(2, 10, 100);
    for (int i = 0; i < 10; i++) { // a publisher that died between payload and entry
      a.payloads().set(chain.hashes().get(i), chain.blocks().get(i).bytes());
    }
    Await.until(
        "no payload is left", () -> chain.hashes().stream().noneMatch(a.payloads()::containsKey));
  }

  @Test
  void replicaMissedEvents_learnsAndForgets() {
    TestingBlocks chain = TestingBlocks.chain(3, 5, 100);
    chain.putInto(a);
    cluster.awaitKnown(chain.hashes());
    TestingBlocks ghost = TestingBlocks.chain(4, 5, 100);
    long before = b.stats().reconciled();

    chain.hashes().forEach(b.replica()::remove);
    ghost
        .hashes()
        .forEach(hash -> b.replica().add(hash, new IndexEntry(null, 0, 100, "t", 0, false)));

    Await.until("b knows what there is", () -> known(b, chain) == 5);
    Await.until("b forgot what there is not", () -> known(b, ghost) == 0);
    Await.until("each is counted", () -> b.stats().reconciled() >= before + 10);
  }

  private static long known(Grid grid, TestingBlocks chain) {
    return chain.hashes().stream()
        .filter(hash -> grid.countLeading(List.<BlockHash>of(hash)) == 1)
        .count();
  }

  private long reconciled() {
    return a.stats().reconciled() + b.stats().reconciled();
  }
}
