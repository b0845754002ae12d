package dev.kvasir.cache.semantic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.TokenIds;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is kept of an earlier text of a passage. */
class AlignmentTest {
  private static final int OLD = 7; // where the earlier text stood
  private static final int NEW = 11; // where the new one stands
  private static final int SIZE = 100;

  private static int[] text(int from, int to) {
    return IntStream.range(1_000 + from, 1_000 + to).toArray();
  }

  private static int[] others(int count) {
    return IntStream.range(0, count).toArray();
  }

  private static TokenIds joined(int[]... parts) {
    return TokenIds.of(Stream.of(parts).flatMapToInt(IntStream::of).toArray());
  }

  /** From, position and count of each run, for a new text at {@link #NEW}. */
  private static List<List<Integer>> runs(int[]... parts) {
    return runsOf(SIZE, joined(parts));
  }

  /** Likewise, behind an earlier text of that many tokens. */
  private static List<List<Integer>> runsOf(int size, TokenIds now) {
    TokenIds tokens = joined(others(OLD), text(0, size), others(5));
    BlockHash name = new BlockHash(1, 2, 3, 4);
    PassageRows earlier = new PassageRows(List.of(name), 0, tokens, 0, OLD, size, "r");
    FoundPassage found = new FoundPassage("p", name, name, 0, NEW, now.size());
    TokenIds prompt = joined(others(NEW), now.toArray(), others(3));
    return Alignment.DEFAULT.runs(found, earlier, prompt).stream()
        .map(run -> List.of(run.from(), run.position(), run.count()))
        .toList();
  }

  @Test
  void runs_replacedInsertedDeleted_theRestWhereItStandsNow() {
    assertEquals(
        List.of(List.of(OLD, NEW, 40), List.of(OLD + 42, NEW + 42, 58)),
        runs(text(0, 40), others(2), text(42, SIZE)));
    assertEquals(
        List.of(List.of(OLD, NEW, 40), List.of(OLD + 40, NEW + 43, 60)),
        runs(text(0, 40), others(3), text(40, SIZE)));
    assertEquals(
        List.of(List.of(OLD, NEW, 40), List.of(OLD + 50, NEW + 40, 50)),
        runs(text(0, 40), text(50, SIZE)));
    assertEquals(List.of(List.of(OLD, NEW, SIZE)), runs(text(0, SIZE)));
  }

  @Test
  void runs_shortOnes_computed() {
    assertEquals(
        List.of(List.of(OLD + 17, NEW + 17, 83)),
        runs(text(0, 15), others(2), text(17, SIZE)),
        "15 tokens are fewer than 16");
    assertEquals(
        List.of(List.of(OLD, NEW, 16), List.of(OLD + 17, NEW + 17, 83)),
        runs(text(0, 16), others(1), text(17, SIZE)));
  }

  @Test
  void runs_reversed_none() {
    for (int size : new int[] {SIZE, 100_000}) {
      int[] now = text(0, size);
      for (int i = 0; i < size / 2; i++) {
        int token = now[i];
        now[i] = now[size - 1 - i];
        now[size - 1 - i] = token;
      }
      assertEquals(List.of(), runsOf(size, TokenIds.of(now)));
    }
  }

  @Test
  void runs_longText_aFewEditsMakeNoOther() {
    int size = 100_000;
    TokenIds now = joined(text(0, 60_000), others(900), text(60_000, size));
    assertEquals(
        List.of(List.of(OLD, NEW, 60_000), List.of(OLD + 60_000, NEW + 60_900, 40_000)),
        runsOf(size, now));
  }

  @Test
  void runs_lessThanHalfIsKept_none() {
    assertEquals(List.of(List.of(OLD, NEW, 50)), runs(text(0, 50), others(50)));
    assertEquals(List.of(), runs(text(0, 49), others(50)));
    assertEquals(
        List.of(),
        runs(text(0, 15), others(1), text(20, 35), others(1), text(40, 55)),
        "no run is long enough");
    assertEquals(List.of(), runs(others(60)));
  }
}
