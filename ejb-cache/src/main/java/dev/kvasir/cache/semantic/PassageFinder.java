package dev.kvasir.cache.semantic;

import dev.kvasir.cache.chain.HashChain;
import dev.kvasir.cache.chain.Namespace;
import dev.kvasir.completion.MarkedPassage;
import dev.kvasir.inference.TokenIds;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Finds marked passages among a prompt's tokens. One prompt, one thread. */
final class PassageFinder {
  /*
   * The passage is cut into tokens alone, and these are looked for in the prompt. Words at its edges
   * may be cut otherwise there, with the space before them or the break behind, so a few of its
   * first tokens are passed over where that finds more, and it ends where the tokens differ.
   */

  /** Fewer tokens than this are computed as fast as they are moved. */
  static final int LEAST_TOKENS = 16;

  private static final int MOST_PASSED_OVER = 8;

  private final TokenIds prompt;
  private final BitSet taken = new BitSet();

  PassageFinder(TokenIds prompt) {
    this.prompt = prompt;
  }

  /**
   * All that are found; the others are computed as any text.
   *
   * @param tokenize cuts a passage's text
   */
  List<FoundPassage> find(
      List<MarkedPassage> marked, Namespace namespace, Function<String, TokenIds> tokenize) {
    List<FoundPassage> found = new ArrayList<>();
    for (MarkedPassage passage : marked) {
      TokenIds tokens = tokenize.apply(passage.text());
      longest(tokens)
          .ifPresent(
              match ->
                  found.add(
                      new FoundPassage(
                          passage.id(),
                          HashChain.ofPassage(namespace, tokens),
                          HashChain.ofPassageId(namespace, passage.id()),
                          match.offset(),
                          match.position(),
                          match.count())));
    }
    found.sort(Comparator.comparingInt(FoundPassage::position));
    return found;
  }

  private record Match(int offset, int position, int count) {}

  private Optional<Match> longest(TokenIds tokens) {
    Match longest = new Match(0, 0, LEAST_TOKENS - 1);
    int mostPassedOver = Math.min(MOST_PASSED_OVER, tokens.size() - LEAST_TOKENS);
    for (int offset = 0; offset <= mostPassedOver; offset++) {
      int[] common =
          Matches.lengths(tokens.slice(offset, tokens.size()).toArray(), prompt.toArray());
      for (int position = 0; position < common.length; position++) {
        int count = Math.min(common[position], free(position));
        if (count > longest.count()) {
          longest = new Match(offset, position, count);
        }
      }
    }
    if (longest.count() < LEAST_TOKENS) {
      return Optional.empty();
    }
    taken.set(longest.position(), longest.position() + longest.count());
    return Optional.of(longest);
  }

  /** Positions from one on that no passage has yet. */
  private int free(int position) {
    int next = taken.nextSetBit(position);
    return next < 0 ? prompt.size() - position : next - position;
  }
}
