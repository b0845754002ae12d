package dev.kvasir.cache.semantic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MatchesTest {
  @Test
  void lengths_randomTexts_asComparedOneByOne() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      int[] pattern = random.ints(random.nextInt(9), 0, 2).toArray();
      int[] text = random.ints(random.nextInt(30), 0, 2).toArray();
      int[] expected = new int[text.length];
      for (int at = 0; at < text.length; at++) {
        while (expected[at] < pattern.length
            && at + expected[at] < text.length
            && pattern[expected[at]] == text[at + expected[at]]) {
          expected[at]++;
        }
      }
      assertArrayEquals(expected, Matches.lengths(pattern, text), "seed " + seed);
    }
  }

  @Test
  void contains_asStringSays() {
    for (String part : new String[] {"", "b", "ab", "bab", "abab", "ababa", "c"}) {
      assertEquals("abab".contains(part), Matches.contains("abab", part), part);
    }
  }

  @Test
  void contains_allTheSameButTheLast_linear() {
    String text = "a".repeat(1 << 20);
    assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertFalse(Matches.contains(text, text.substring(9) + "b")));
  }
}
