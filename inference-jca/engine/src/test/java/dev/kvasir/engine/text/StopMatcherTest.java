package dev.kvasir.engine.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StopMatcherTest {
  @Test
  void push_noStops_passesEverythingAtOnce() {
    StopMatcher matcher = new StopMatcher(List.of());
    assertEquals("anything", matcher.push("anything"));
    assertEquals("", matcher.flush());
    assertFalse(matcher.isMatched());
  }

  @Test
  void push_stopOverThreePieces_isHeldAndMatched() {
    StopMatcher matcher = new StopMatcher(List.of("\nUser:"));
    assertEquals("Hello", matcher.push("Hello\n"));
    assertEquals("", matcher.push("Us"));
    assertEquals("", matcher.push("er: and more"));
    assertEquals(Optional.of("\nUser:"), matcher.matched());
    assertEquals("", matcher.push("later"));
    assertEquals("", matcher.flush());
  }

  @Test
  void push_startThatGoesOnDifferently_isReleased() {
    StopMatcher matcher = new StopMatcher(List.of("END"));
    assertEquals("", matcher.push("EN"));
    assertEquals("ENT", matcher.push("T"));
    assertEquals("", matcher.push("E"));
    assertEquals("E", matcher.flush());
    assertFalse(matcher.isMatched());
  }

  @Test
  void push_stopThatOverlapsItself_isFoundAtItsFirstPlace() {
    StopMatcher matcher = new StopMatcher(List.of("aab"));
    assertEquals("a", matcher.push("aaa"));
    assertEquals("", matcher.push("b"));
    assertTrue(matcher.isMatched());
  }

  @Test
  void push_severalStops_firstCompleteWins() {
    StopMatcher matcher = new StopMatcher(List.of("abcd", "bc"));
    assertEquals("a", matcher.push("abcd"));
    assertEquals(Optional.of("bc"), matcher.matched());
  }

  @Test
  void push_severalStopsCompleteTogether_longestWins() {
    StopMatcher matcher = new StopMatcher(List.of("c", "abc", "bc"));
    assertEquals("x", matcher.push("xabc"));
    assertEquals(Optional.of("abc"), matcher.matched());
  }

  @Test
  void new_emptyStop_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> new StopMatcher(List.of("a", "")));
  }

  @Test
  void push_anyPieces_giveTheSameText() {
    long seed = 20261121;
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      List<String> stops = List.of(word(random, 3), word(random, 3), word(random, 5));
      String text = word(random, 40);
      StopMatcher whole = new StopMatcher(stops);
      String expected = whole.push(text) + whole.flush();
      String about = "seed " + seed + ", round " + round + ", " + stops + " in " + text;

      StopMatcher pieces = new StopMatcher(stops);
      StringBuilder given = new StringBuilder();
      for (int from = 0; from < text.length(); ) {
        int to = Math.min(text.length(), from + 1 + random.nextInt(4));
        given.append(pieces.push(text.substring(from, to)));
        from = to;
      }
      given.append(pieces.flush());
      assertEquals(expected, given.toString(), about);
      assertEquals(whole.matched(), pieces.matched(), about);
      assertEquals(stops.stream().anyMatch(text::contains), pieces.isMatched(), about);
      assertFalse(stops.stream().anyMatch(given.toString()::contains), about);
    }
  }

  private static String word(Random random, int maxLength) {
    StringBuilder word = new StringBuilder();
    int length = 1 + random.nextInt(maxLength);
    for (int i = 0; i < length; i++) {
      word.append((char) ('a' + random.nextInt(3)));
    }
    return word.toString();
  }
}
