package dev.kvasir.engine;

import dev.kvasir.engine.paged.BlockTable;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvBlock;
import dev.kvasir.inference.KvRun;
import dev.kvasir.inference.TokenIds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A question about notes whose K/V was computed in another order, behind another beginning.
 *
 * @param prompt to answer
 * @param runs the notes' rows, by position
 */
record MovedNotes(TokenIds prompt, List<KvRun> runs) {
  private static final int BLOCK = BlockTable.BLOCK_SIZE;
  private static final List<String> NAMES =
      List.of("Anna", "Bruno", "Clara", "David", "Elena", "Frank", "Greta", "Henry");
  private static final List<String> TOWNS = List.of("Oslo", "Paris", "Rome", "London", "Berlin");
  private static final List<String> WORK = List.of("baker", "teacher", "pilot", "nurse", "farmer");

  /** Has them computed in one order, to be asked about in another. */
  static MovedNotes of(TestingEngine testing, Random random) {
    List<TokenIds> notes = new ArrayList<>();
    NAMES.forEach(name -> notes.add(tokens(testing, note(name, random))));
    List<Integer> order = new ArrayList<>(IntStream.range(0, notes.size()).boxed().toList());
    Placed donor = Placed.of(tokens(testing, "<|im_start|>system\nRead all.\n"), notes, order);
    Collections.shuffle(order, random);
    Placed moved =
        Placed.of(
            tokens(testing, "<|im_start|>system\nRead the notes and answer the questions.\n"),
            notes,
            order);
    TokenIds question =
        tokens(
            testing,
            "<|im_end|>\n<|im_start|>user\nWhat is the code of %s?<|im_end|>\n<|im_start|>assistant\n"
                .formatted(pick(NAMES, random)));
    TokenIds computed = Placed.join(donor.tokens(), new TokenIds[] {question, question, question});
    List<BlockHash> names = TestingEngine.hashes(computed);
    testing.answer(computed, names, 1);
    List<KvRun> runs = new ArrayList<>();
    for (int note : order) {
      runs.add(
          run(
              testing,
              names,
              computed,
              new Move(donor.at()[note], moved.at()[note], notes.get(note).size())));
    }
    return new MovedNotes(Placed.join(moved.tokens(), new TokenIds[] {question}), runs);
  }

  private static TokenIds tokens(TestingEngine testing, String text) {
    return testing.engine().model().tokenize(text, false);
  }

  private static String note(String name, Random random) {
    return "%s lives in %s. %s works as a %s. The code of %s is %d.\n"
        .formatted(
            name,
            pick(TOWNS, random),
            name,
            pick(WORK, random),
            name,
            1_000 + random.nextInt(9_000));
  }

  private static String pick(List<String> words, Random random) {
    return words.get(random.nextInt(words.size()));
  }

  private record Move(int from, int to, int count) {}

  private static KvRun run(
      TestingEngine testing, List<BlockHash> names, TokenIds computed, Move move) {
    int first = move.from() / BLOCK;
    int end = (move.from() + move.count() - 1) / BLOCK + 1;
    List<KvBlock> held =
        testing.export(names.subList(first, end)).stream().map(KvBlock::wrap).toList();
    TokenIds tokens = computed.slice(first * BLOCK, end * BLOCK);
    return new KvRun(held, first, tokens, move.from(), move.to(), move.count());
  }

  /**
   * Notes behind a beginning.
   *
   * @param at where each begins
   */
  @SuppressWarnings("ArrayRecordComponent") // handed from one method to the next, never compared
  private record Placed(TokenIds tokens, int[] at) {
    static Placed of(TokenIds beginning, List<TokenIds> notes, List<Integer> order) {
      int[] at = new int[notes.size()];
      TokenIds all = beginning;
      for (int note : order) {
        at[note] = all.size();
        all = join(all, new TokenIds[] {notes.get(note)});
      }
      return new Placed(all, at);
    }

    static TokenIds join(TokenIds first, TokenIds[] others) {
      IntStream all = IntStream.of(first.toArray());
      for (TokenIds other : others) {
        all = IntStream.concat(all, IntStream.of(other.toArray()));
      }
      return TokenIds.of(all.toArray());
    }
  }
}
