package dev.kvasir.cache.semantic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.semantic.TokenDiff.Kept;
import java.util.List;
import java.util.Optional;
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
    int longest = longest(one, other);
    int edits = one.length + other.length - 2 * longest;
    assertEquals(Optional.empty(), new TokenDiff(one, other, edits - 1).kept(), what);
    for (Kept run : new TokenDiff(one, other, edits).kept().orElseThrow()) {
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
    assertEquals(longest, total, what);
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

  /** Tokens 0, 1, ... and the same backward: with one of them kept, all others are edits. */
  private static TokenDiff reversed(int size, int mostEdits) {
    return new TokenDiff(
        IntStream.range(0, size).toArray(),
        IntStream.range(0, size).map(i -> size - 1 - i).toArray(),
        mostEdits);
  }

  @Test
  void kept_reversedText_givenUpAfterTheEditsThatAreOfUse() {
    int size = 1_000;
    TokenDiff all = reversed(size, 2 * size);
    assertEquals(1, all.kept().orElseThrow().size());
    TokenDiff half = reversed(size, size);
    assertEquals(Optional.empty(), half.kept());
    // after e edits each of the two searches has begun e + 1 diagonals, and each compares one token
    int expected = IntStream.rangeClosed(1, size / 2).map(edits -> 2 * (edits + 1)).sum();
    assertTrue(half.steps() <= expected + 4 * size, () -> half.steps() + " steps");
    assertTrue(all.steps() > 3 * half.steps(), () -> all.steps() + " steps");
  }

  @Test
  void kept_longReversedText_givenUpAfterTheMostSteps() {
    int size = 100_000;
    TokenDiff diff = reversed(size, size);
    assertEquals(Optional.empty(), diff.kept());
    assertTrue(diff.steps() <= TokenDiff.MOST_STEPS + size, () -> diff.steps() + " steps");
  }

  @Test
  void kept_oneEdit_runsAroundIt() {
    int[] text = {1, 2, 3, 4, 5, 6};
    assertEquals(List.of(new Kept(0, 0, 6)), kept(text, text));
    assertEquals(
        List.of(new Kept(0, 0, 2), new Kept(3, 3, 3)), kept(text, new int[] {1, 2, 9, 4, 5, 6}));
    assertEquals(
        List.of(new Kept(0, 0, 2), new Kept(2, 3, 4)), kept(text, new int[] {1, 2, 9, 3, 4, 5, 6}));
    assertEquals(List.of(new Kept(0, 0, 2), new Kept(4, 2, 2)), kept(text, new int[] {1, 2, 5, 6}));
    assertEquals(List.of(), kept(text, new int[] {7, 8}));
    assertEquals(List.of(), kept(text, new int[0]));
  }

  private static List<Kept> kept(int[] one, int[] other) {
    return new TokenDiff(one, other, one.length + other.length).kept().orElseThrow();
  }
}
