package dev.kvasir.cache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.EvictionKind;
import dev.kvasir.inference.BlockHash;
import org.junit.jupiter.api.Test;

final class AdmissionTest {
  private static final int CAPACITY = 100;

  @Test
  void frequency_tie_admits() {
    Admission admission = Admission.frequency(CAPACITY);
    admission.seen(hash(1));
    admission.seen(hash(2));

    assertTrue(admission.admits(hash(2), hash(1)));

    admission.seen(hash(1));
    assertFalse(admission.admits(hash(2), hash(1)));
  }

  /**
   * With "more often than the victim" the first hundred blocks would stay for ever, and those that
   * are asked for once more much later would never be found.
   */
  @Test
  void frequency_oneShotTraffic_doesNotFreeze() {
    PrefixTree tree = new PrefixTree(EvictionKind.LRU);
    Admission admission = Admission.frequency(CAPACITY);
    for (int i = 0; i < 10 * CAPACITY; i++) {
      offer(tree, admission, i);
    }
    long young = tree.hashes().stream().filter(hash -> hash.word3() >= 8 * CAPACITY).count();
    assertTrue(young > CAPACITY * 3 / 4, () -> young + " of the last 200 blocks are here");
  }

  @Test
  void secondTouch_flood_nobodyComesInAndUsedOnesDo() {
    PrefixTree tree = new PrefixTree(EvictionKind.LRU);
    Admission admission = Admission.secondTouch(CAPACITY);
    for (int i = 0; i < CAPACITY; i++) {
      offer(tree, admission, i);
    }
    int came = 0;
    for (int i = CAPACITY; i < 5 * CAPACITY; i++) {
      came += offer(tree, admission, i) ? 1 : 0;
    }
    assertTrue(came < 20, came + " of 400 strangers came in");

    boolean first = offer(tree, admission, 100_000);
    assertEquals(true, first || offer(tree, admission, 100_000));
  }

  @Test
  void secondTouch_longAgo_isForgotten() {
    Admission admission = Admission.secondTouch(1);
    admission.seen(hash(1));
    for (int i = 2; i < 200; i++) {
      admission.seen(hash(i));
    }
    admission.seen(hash(1));
    assertFalse(admission.admits(hash(1), hash(2)));
  }

  @Test
  void always_asksNothing() {
    assertTrue(Admission.ALWAYS.asksNothing());
    assertTrue(Admission.ALWAYS.admits(hash(1), hash(2)));
    assertFalse(Admission.frequency(1).asksNothing());
  }

  private static boolean offer(PrefixTree tree, Admission admission, int block) {
    admission.seen(hash(block));
    if (tree.size() == CAPACITY) {
      if (!admission.admits(hash(block), tree.nextVictim().orElseThrow().hash())) {
        return false;
      }
      tree.takeVictims(1, 1, hash -> true);
    }
    return tree.add(new TreeBlock(hash(block), null, 0, 1, "default"), block);
  }

  private static BlockHash hash(int block) {
    long mixed = (block + 1) * 0x9E3779B97F4A7C15L;
    return new BlockHash((mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L, 0, 0, block);
  }
}
