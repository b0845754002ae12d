package dev.kvasir.bench.engine;

import dev.kvasir.inference.TokenIds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;

/** Prompts of simple English sentences, the same for the same name and length in every run. */
final class Prompts {
  /*
   * Sentences rather than random ids: on these a model is sure of most of its tokens, so that two systems that round
   * differently still give the same answer, and a wrong one stands out.
   */

  private static final String[] ADJECTIVES = {
    "old", "quiet", "red", "small", "clever", "tired", "young", "strange", "heavy", "bright"
  };
  private static final String[] NOUNS = {
    "baker", "sailor", "teacher", "bridge", "garden", "letter", "river", "clock", "horse", "window"
  };
  private static final String[] VERBS = {
    "found", "watched", "painted", "carried", "repaired", "forgot", "sold", "visited", "drew"
  };
  private static final String[] PLACES = {
    "market", "harbor", "forest", "library", "station", "valley", "kitchen", "village"
  };
  private static final int WORDS_OF_A_SENTENCE = 10;

  /** Tokens that {@link #quoting} adds to a document, at most. */
  static final int QUOTE_TOKENS = 64;

  private static final int QUOTED_TOKENS = 32;

  private final Function<String, TokenIds> tokenizer;
  private final Map<String, TokenIds> made = new HashMap<>();

  /** Of a model whose tokenizer this is, without special tokens. */
  Prompts(Function<String, TokenIds> tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** As many prompts of one length; a shorter one is the beginning of a longer one. */
  List<TokenIds> prompts(int count, int tokens) {
    List<TokenIds> prompts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      prompts.add(prompt("sequence " + i, tokens));
    }
    return prompts;
  }

  /** A document of so many tokens, the wish to hear it again, and the beginning of that. */
  TokenIds quoting(int tokens) {
    TokenIds document = prompt("document", tokens);
    TokenIds wish = tokenizer.apply("\n\nThe same text once more, word for word:\n\n");
    return TokenIds.of(
        Stream.of(document, wish, document.slice(0, QUOTED_TOKENS))
            .flatMapToInt(part -> Arrays.stream(part.toArray()))
            .toArray());
  }

  /** The prompt of a name. */
  TokenIds prompt(String name, int tokens) {
    return made.computeIfAbsent(name + "/" + tokens, unused -> make(name, tokens));
  }

  private TokenIds make(String name, int tokens) {
    Random random = new Random(name.hashCode());
    StringBuilder text = new StringBuilder();
    TokenIds ids = TokenIds.of();
    while (ids.size() < tokens) {
      for (int words = 0; words < tokens; words += WORDS_OF_A_SENTENCE) {
        text.append(sentence(random));
      }
      ids = tokenizer.apply(text.toString());
    }
    return ids.slice(0, tokens);
  }

  private static String sentence(Random random) {
    return "The %s %s %s the %s in the %s. "
        .formatted(
            oneOf(random, ADJECTIVES),
            oneOf(random, NOUNS),
            oneOf(random, VERBS),
            oneOf(random, NOUNS),
            oneOf(random, PLACES));
  }

  private static String oneOf(Random random, String... words) {
    return words[random.nextInt(words.length)];
  }
}
