package dev.kvasir.cache.semantic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.semantic.TokenDiff.Kept;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenDiffTest {
  private static final int ROUNDS = 3_000;

  @Test
  void kept_anyTexts_aLongestCommonSubsequence() {
    for (int round = 0; round < ROUNDS; round++) {
      long seed = Long.getLong("kvasir.seed", System.nanoTime());
      Random random = new Random(seed);
      int words = 1 + random.nextInt(6);
      int[] one = random.ints(random.nextInt(40), 0, words).toArray();
      int[] other = random.ints(random.nextInt(40), 0, words).toArray();
      assertLongest(one, other, "seed " + seed);
    }
  }

  @Test
  void kept_editedTexts_aLongestCommonSubsequence() {
    for (int round = 0; round < ROUNDS / 30; round++) {
      long seed = Long.getLong("kvasir.seed", System.nanoTime());
      Random random = new Random(seed);
      int[] one = random.ints(300, 0, 50).toArray();
      assertLongest(one, edited(one, random), "seed " + seed);
    }
  }

  /** Each token stays, goes, is another one, or has another one before it. */
  private static int[] edited(int[] text, Random random) {
    return IntStream.of(text)
        .flatMap(
            token ->
                switch (random.nextInt(20)) {
                  case 0 -> IntStream.empty();
                  case 1 -> IntStream.of(random.nextInt(50));
                  case 2 -> IntStream.of(random.nextInt(50), token);
                  default -> IntStream.of(token);
                })
        .toArray();
  }

  private static void assertLongest(int[] one, int[] other, String what) {
    int x = 0;
    int y = 0;
    int total = 0;
    for (Kept run : TokenDiff.kept(one, other)) {
      boolean touches = total > 0 && run.from() == x && run.to() == y;
      assertTrue(run.count() > 0 && run.from() >= x && run.to() >= y && !touches, what);
      for (int i = 0; i < run.count(); i++) {
        assertEquals(one[run.from() + i], other[run.to() + i], what);
      }
      x = run.from() + run.count();
      y = run.to() + run.count();
      total += run.count();
    }
    assertTrue(x <= one.length && y <= other.length, what);
    assertEquals(longest(one, other), total, what);
  }

  /** Length of a longest common subsequence, the slow way. */
  private static int longest(int[] one, int[] other) {
    int[][] lengths = new int[one.length + 1][other.length + 1];
    for (int x = 1; x <= one.length; x++) {
      for (int y = 1; y <= other.length; y++) {
        lengths[x][y] =
            one[x - 1] == other[y - 1]
                ? lengths[x - 1][y - 1] + 1
                : Math.max(lengths[x - 1][y], lengths[x][y - 1]);
      }
    }
    return lengths[one.length][other.length];
  }

  @Test
  void kept_oneEdit_runsAroundIt() {
    int[] text = {1, 2, 3, 4, 5, 6};
    assertEquals(List.of(new Kept(0, 0, 6)), TokenDiff.kept(text, text));
    assertEquals(
        List.of(new Kept(0, 0, 2), new Kept(3, 3, 3)),
        TokenDiff.kept(text, new int[] {1, 2, 9, 4, 5, 6}));
    assertEquals(
        List.of(new Kept(0, 0, 2), new Kept(2, 3, 4)),
        TokenDiff.kept(text, new int[] {1, 2, 9, 3, 4, 5, 6}));
    assertEquals(
        List.of(new Kept(0, 0, 2), new Kept(4, 2, 2)),
        TokenDiff.kept(text, new int[] {1, 2, 5, 6}));
    assertEquals(List.of(), TokenDiff.kept(text, new int[] {7, 8}));
    assertEquals(List.of(), TokenDiff.kept(text, new int[0]));
  }
}
