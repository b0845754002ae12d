package dev.kvasir.cache.tiered;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.Lookup;
import dev.kvasir.cache.Source;
import dev.kvasir.completion.MissReason;
import dev.kvasir.inference.BlockFault;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Reads of three blocks, of which the test says when each comes. */
class BackwardReadsTest {
  private static final int END = 7;

  private final List<CompletableFuture<Lookup.@Nullable Fetched>> answers = new ArrayList<>();
  private final List<BlockHash> asked = new ArrayList<>();
  private final List<BlockHash> discarded = new ArrayList<>();
  private final List<Throwable> troubles = new ArrayList<>();
  private final BackwardReads reads = new BackwardReads(END, (hash, fault) -> discarded.add(hash));

  BackwardReadsTest() {
    FetchRound round =
        new FetchRound(
            (hash, deadlineMillis) -> {
              CompletableFuture<Lookup.@Nullable Fetched> answer = new CompletableFuture<>();
              asked.add(hash);
              answers.add(answer);
              return answer;
            },
            trouble -> troubles.add(trouble));
    for (int block = END - 1; block >= END - 3; block--) {
      reads.ask(name(block), round, 100);
    }
  }

  private static BlockHash name(int block) {
    return new BlockHash(block, 0, 0, 0);
  }

  private static Lookup.Fetched fetched(Source source) {
    return new Lookup.Fetched(KvBlock.wrap(new byte[] {1}), source);
  }

  private @Nullable KvBlock taken() {
    CompletableFuture<@Nullable KvBlock> next = reads.next();
    assertTrue(next.isDone(), "it has come");
    return next.join();
  }

  @Test
  void next_allCame_lastBlockFirstAndThenNoMore() {
    assertEquals(List.of(name(6), name(5), name(4)), asked);
    answers.get(0).complete(fetched(Source.REMOTE));
    answers.get(1).complete(fetched(Source.NEAR));
    answers.get(2).complete(fetched(Source.DISK));
    for (int i = 0; i < 3; i++) {
      assertNotNull(taken());
    }
    assertNull(taken());
    assertEquals(List.of(Source.REMOTE, Source.NEAR, Source.DISK), reads.sources());
    assertEquals(MissReason.MEANWHILE, reads.reason());
  }

  @Test
  void close_oneHasNotCome_isGivenUpAndWasNotWaitedFor() {
    answers.get(0).complete(fetched(Source.REMOTE));
    assertNotNull(taken());
    assertFalse(reads.next().isDone());
    assertEquals(List.of(Source.REMOTE), reads.sources());
    assertEquals(MissReason.MEANWHILE, reads.reason());
    reads.close();
    assertTrue(answers.get(1).isCancelled() && answers.get(2).isCancelled());
    assertTrue(reads.millis() >= 0);
  }

  @Test
  void next_itIsGone_noMoreCome() {
    answers.get(0).complete(null);
    assertNull(taken());
    assertEquals(MissReason.EVICTED, reads.reason());
    assertEquals(List.of(), reads.sources());
  }

  @Test
  void next_itIsLate_saysDeadline() {
    answers.get(0).completeExceptionally(new TimeoutException("late"));
    assertNull(taken());
    assertEquals(MissReason.DEADLINE, reads.reason());
    assertEquals(List.of(), troubles);
  }

  @Test
  void next_storeFails_saysSoAndCountsIt() {
    answers.get(0).complete(fetched(Source.LOCAL));
    answers.get(1).completeExceptionally(new IllegalStateException("down"));
    assertNotNull(taken());
    assertNull(taken());
    assertEquals(MissReason.GRID_UNAVAILABLE, reads.reason());
    assertEquals(1, troubles.size());
    assertEquals(List.of(Source.LOCAL), reads.sources());
  }

  @Test
  void refused_blockIsFaulty_leavesTheStore() {
    answers.get(0).complete(fetched(Source.LOCAL));
    answers.get(1).complete(fetched(Source.LOCAL));
    assertNotNull(taken());
    assertNotNull(taken());
    reads.refused(BlockFault.CHECKSUM);
    assertEquals(List.of(name(5)), discarded);
    assertEquals(MissReason.CORRUPT, reads.reason());
  }
}
