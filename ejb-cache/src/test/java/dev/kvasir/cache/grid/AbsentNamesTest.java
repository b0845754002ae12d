package dev.kvasir.cache.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.cache.Absence;
import dev.kvasir.cache.AbsenceMemory;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.testing.TestingTicker;
import dev.kvasir.completion.MissReason;
import dev.kvasir.inference.BlockHash;
import org.junit.jupiter.api.Test;

final class AbsentNamesTest {
  private final TestingTicker ticker = new TestingTicker();
  private final AbsentNames absent = new AbsentNames(ticker);

  /** All of these have the same 8 places. */
  private static BlockHash hash(long name) {
    return new BlockHash(name, 0, 0, 0);
  }

  @Test
  void of_neverHeardOf_firstSeen() {
    assertEquals(Absence.FIRST_SEEN, absent.of(hash(1)));
    assertEquals(new AbsenceMemory(1 << 16, 0, 0), absent.memory());
  }

  @Test
  void of_evicted_policyAndAge() {
    absent.evicted(hash(1), EvictionKind.S3_FIFO);
    ticker.advanceMillis(1_500);
    assertEquals(new Absence(MissReason.EVICTED, "s3_fifo", 1.5), absent.of(hash(1)));
    assertEquals(new AbsenceMemory(1 << 16, 1, 1.5), absent.memory());
  }

  @Test
  void remember_again_theLastCounts() {
    absent.evicted(hash(1), EvictionKind.LRU);
    absent.remember(hash(1), MissReason.LOST);
    assertEquals(new Absence(MissReason.LOST, null, 0.0), absent.of(hash(1)));
  }

  @Test
  void removed_wasCorrupt_staysCorrupt() {
    absent.remember(hash(1), MissReason.CORRUPT);
    absent.removed(hash(1)); // the index's event of the same end
    absent.removed(hash(2));
    assertEquals(MissReason.CORRUPT, absent.of(hash(1)).reason());
    assertEquals(MissReason.REMOVED, absent.of(hash(2)).reason());
  }

  @Test
  void remember_ninthOfItsPlaces_theOldestIsForgotten() {
    for (int name = 1; name <= 9; name++) {
      absent.remember(hash(name), MissReason.NOT_ADMITTED);
      ticker.advanceMillis(1);
    }
    assertEquals(Absence.FIRST_SEEN, absent.of(hash(1)));
    for (int name = 2; name <= 9; name++) {
      assertEquals(MissReason.NOT_ADMITTED, absent.of(hash(name)).reason());
    }
  }
}
