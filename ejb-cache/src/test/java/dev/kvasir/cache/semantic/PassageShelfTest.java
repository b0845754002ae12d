package dev.kvasir.cache.semantic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.chain.HashChain;
import dev.kvasir.cache.chain.Namespace;
import dev.kvasir.completion.Blend;
import dev.kvasir.completion.BlendKind;
import dev.kvasir.completion.MarkedPassage;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.Fingerprint;
import dev.kvasir.inference.TokenIds;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where passages are found, remembered and cut. */
final class PassageShelfTest {
  private static final Namespace MINE = namespace(1);
  private static final MarkedPassage MARKED = new MarkedPassage("p", "text");
  private static final int SIZE = 40;

  private static Namespace namespace(int salt) {
    return new Namespace(new Fingerprint(new BlockHash(1, 2, 3, 4)), new byte[] {(byte) salt});
  }

  /** Tokens 1000, 1001, ...: a passage. */
  private static int[] passage() {
    return IntStream.range(1_000, 1_000 + SIZE).toArray();
  }

  private static TokenIds prompt(int before, int from, int to, int after) {
    return TokenIds.of(
        IntStream.concat(
                IntStream.concat(
                    IntStream.range(0, before),
                    IntStream.of(passage()).skip(from).limit((long) to - from)),
                IntStream.range(500, 500 + after))
            .toArray());
  }

  private static List<FoundPassage> find(TokenIds prompt) {
    return new PassageFinder(prompt).find(List.of(MARKED), MINE, text -> TokenIds.of(passage()));
  }

  @Test
  void find_whole_whereItStands() {
    FoundPassage found = find(prompt(7, 0, SIZE, 5)).get(0);
    assertEquals(List.of(0, 7, SIZE), List.of(found.offset(), found.position(), found.count()));
  }

  @Test
  void find_cutOtherwiseAtTheEdges_withoutThese() {
    FoundPassage found = find(prompt(7, 3, SIZE - 2, 5)).get(0);
    assertEquals(List.of(3, 7, SIZE - 5), List.of(found.offset(), found.position(), found.count()));
    assertEquals(4, found.begin());
  }

  @Test
  void find_tooLittleOfIt_nothing() {
    assertEquals(List.of(), find(prompt(7, 0, PassageFinder.LEAST_TOKENS - 1, 5)));
    assertEquals(List.of(), find(prompt(7, 9, SIZE, 5)));
  }

  @Test
  void find_twiceInAPrompt_eachItsOwnPlace() {
    int[] twice = IntStream.concat(IntStream.of(passage()), IntStream.of(passage())).toArray();
    List<FoundPassage> found =
        new PassageFinder(TokenIds.of(twice))
            .find(
                List.of(MARKED, new MarkedPassage("q", "text"), new MarkedPassage("r", "text")),
                MINE,
                text -> TokenIds.of(passage()));
    assertEquals(List.of(0, SIZE), found.stream().map(FoundPassage::position).toList());
  }

  @Test
  void ofPassage_otherSaltOrTokens_otherNameAndNoBlocks() {
    TokenIds tokens = TokenIds.of(passage());
    BlockHash name = HashChain.ofPassage(MINE, tokens);
    assertEquals(name, HashChain.ofPassage(namespace(1), tokens));
    assertFalse(name.equals(HashChain.ofPassage(namespace(2), tokens)));
    BlockHash title = HashChain.ofPassageId(namespace(1), "p");
    assertEquals(title, HashChain.ofPassageId(namespace(1), "p"));
    assertFalse(title.equals(HashChain.ofPassageId(namespace(2), "p")));
    assertFalse(title.equals(HashChain.ofPassageId(namespace(1), "q")));
    assertFalse(title.equals(HashChain.ofPassage(namespace(1), TokenIds.of(new int[] {'p'}))));
    assertFalse(name.equals(HashChain.ofPassage(MINE, tokens.slice(0, SIZE - 1))));
    TokenIds longer = prompt(0, 0, SIZE, 1);
    assertFalse(HashChain.of(MINE, longer, SIZE).contains(name), "a passage is no block");
  }

  private static PassageRun run(int position, int count, int begin) {
    PassageRows rows =
        new PassageRows(
            List.of(new BlockHash(1, 1, 1, 1)), 0, TokenIds.of(new int[100]), 0, 0, count, "r");
    FoundPassage found =
        new FoundPassage(
            "p",
            new BlockHash(9, 9, 9, 9),
            new BlockHash(8, 8, 8, 8),
            position - begin,
            position,
            count);
    return new PassageRun(found, rows, 0, position, count);
  }

  @Test
  void recomputed_epic_firstTokensButOfTheFirst() {
    BitSet expected = new BitSet();
    expected.set(52, 66); // two of its first 16 tokens were not found
    assertEquals(
        expected,
        BlendPolicy.of(Blend.of(BlendKind.EPIC))
            .recomputed(List.of(run(0, 40, 0), run(52, 40, 50))));
  }

  @Test
  void recomputed_noneAndFull() {
    List<PassageRun> runs = List.of(run(10, 20, 10), run(50, 20, 50));
    assertTrue(BlendPolicy.of(Blend.of(BlendKind.NONE)).recomputed(runs).isEmpty());
    assertEquals(40, BlendPolicy.of(Blend.of(BlendKind.FULL)).recomputed(runs).cardinality());
  }

  @Test
  void deviatingShare_ofKindsWithARatio_asAsked() {
    for (BlendKind kind : BlendKind.values()) {
      BlendPolicy policy = BlendPolicy.of(new Blend(kind, 0.3));
      assertEquals(kind.hasRatio() ? 0.3 : 0, policy.deviatingShare(), kind.label());
      assertEquals(kind == BlendKind.KVSHARE, policy.takesEdited(), kind.label());
      assertTrue(!kind.hasRatio() || policy.recomputed(List.of(run(10, 20, 10))).isEmpty());
    }
    assertThrows(IllegalArgumentException.class, () -> new Blend(BlendKind.CACHEBLEND, 1.01));
  }

  @Test
  void offer_beyondTheBound_leastRecentlyUsedLeaves() {
    PassageRows rows = run(0, 40, 0).rows();
    PassageIndex index = new PassageIndex(3L * rows.sizeBytes());
    for (int i = 0; i < 3; i++) {
      index.offer(new BlockHash(i, 0, 0, 0), rows);
    }
    assertNotNull(index.get(new BlockHash(0, 0, 0, 0)));
    index.offer(new BlockHash(3, 0, 0, 0), rows);
    assertNull(index.get(new BlockHash(1, 0, 0, 0)));
    assertNotNull(index.get(new BlockHash(0, 0, 0, 0)));
    assertEquals(3, index.size());
    index.forget(new BlockHash(3, 0, 0, 0), rows);
    assertEquals(2L * rows.sizeBytes(), index.sizeBytes());
  }

  @Test
  void clear_any_nothingKnownAndNoMemoryTaken() {
    PassageIndex index = new PassageIndex(1 << 20);
    index.put(new BlockHash(1, 0, 0, 0), run(0, 40, 0).rows());
    index.put(new BlockHash(2, 0, 0, 0), run(0, 30, 0).rows());
    index.clear();
    assertNull(index.get(new BlockHash(1, 0, 0, 0)));
    assertEquals(0, index.size());
    assertEquals(0, index.sizeBytes());
  }

  @Test
  void put_lessThanIsKnown_takesTheLast() {
    PassageIndex index = new PassageIndex(1 << 20);
    BlockHash title = new BlockHash(1, 0, 0, 0);
    PassageRows shorter = run(0, 30, 0).rows();
    index.put(title, run(0, 40, 0).rows());
    index.put(title, shorter);
    assertEquals(shorter, index.get(title));
    assertEquals(shorter.sizeBytes(), index.sizeBytes());
  }

  @Test
  void between_somePositions_theirRows() {
    PassageRun run = run(10, 20, 10);
    assertEquals(run, run.between(0, 100));
    PassageRun inner = run.between(13, 25);
    assertEquals(List.of(3, 13, 12), List.of(inner.from(), inner.position(), inner.count()));
    assertEquals(0, run.between(30, 100).count());
    assertEquals(0, run.between(0, 10).count());
  }

  @Test
  void offer_lessThanIsKnown_keepsTheLonger() {
    PassageIndex index = new PassageIndex(1 << 20);
    BlockHash name = new BlockHash(1, 0, 0, 0);
    PassageRows longer = run(0, 40, 0).rows();
    index.offer(name, longer);
    index.offer(name, run(0, 30, 0).rows());
    assertEquals(longer, index.get(name));
  }
}
