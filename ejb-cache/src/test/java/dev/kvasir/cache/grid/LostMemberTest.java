package dev.kvasir.cache.grid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.kvasir.cache.Lookup.Fetched;
import dev.kvasir.cache.StoreOutcome;
import dev.kvasir.completion.MissReason;
import dev.kvasir.inference.BlockHash;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Members die without goodbye. */
final class LostMemberTest {
  @Test
  void kill_oneOfTwo_theOtherServesAllBlocksOn() {
    try (TestingCluster cluster = TestingCluster.of(2)) {
      Grid a = cluster.member(0);
      TestingBlocks chain = TestingBlocks.chain(1, 50, 1000);
      chain.putInto(cluster.member(1));
      cluster.awaitKnown(chain.hashes());

      cluster.member(1).kill();

      for (int i = 0; i < 50; i++) {
        Fetched fetched = GridTest.fetch(a, chain.hashes().get(i));
        assertNotNull(fetched);
        assertArrayEquals(chain.blocks().get(i).bytes(), fetched.block().bytes());
      }
      assertEquals(1, a.memberCount());
      assertEquals(50, a.countLeading(chain.hashes()));
      TestingBlocks more = TestingBlocks.chain(2, 1, 1000);
      assertEquals(
          StoreOutcome.STORED, a.putIfAbsent(more.placements().get(0), more.blocks().get(0)));
      assertEquals(51, a.admin().cluster().members().get(0).ownedBlocks());
    }
  }

  @Test
  void kill_ownersAndBackups_theirBlocksAreForgottenAndCountedAsLost() {
    try (TestingCluster cluster = TestingCluster.of(3)) {
      Grid a = cluster.member(0);
      TestingBlocks chain = TestingBlocks.chain(3, 200, 100);
      chain.putInto(a);
      cluster.awaitKnown(chain.hashes());

      CompletableFuture.allOf(
              CompletableFuture.runAsync(cluster.member(1)::kill),
              CompletableFuture.runAsync(cluster.member(2)::kill))
          .join();

      Await.until("a is alone", () -> a.memberCount() == 1);
      Await.until(
          "the replica is what is left",
          () -> {
            long owned = a.admin().cluster().members().get(0).ownedBlocks();
            return owned < 200 && a.stats().held().blocks() == owned;
          });
      long left = a.stats().held().blocks();
      assertEquals(200 - left, a.stats().evicted("lost"));
      List<BlockHash> known =
          chain.hashes().stream().filter(hash -> a.countLeading(List.of(hash)) == 1).toList();
      assertEquals(left, known.size());
      known.forEach(hash -> assertNotNull(GridTest.fetch(a, hash)));
      chain.hashes().stream()
          .filter(hash -> !known.contains(hash))
          .forEach(hash -> assertEquals(MissReason.LOST, a.absence(hash).reason()));
    }
  }
}
