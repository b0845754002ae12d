package dev.kvasir.bench.serve;

import java.util.Random;

/** Texts of frequent English words: most tokenizers have a token for each. */
public final class Words {
  private static final String[] WORDS = {
    "time", "people", "water", "house", "world", "school", "family", "number", "night", "point",
    "home", "room", "mother", "area", "money", "story", "month", "right", "study", "book",
    "word", "business", "issue", "side", "kind", "head", "service", "friend", "father", "power",
    "hour", "game", "line", "end", "member", "law", "car", "city", "community", "name"
  };

  private final long seed;

  /** Texts that are the same for the same seed. */
  public Words(long seed) {
    this.seed = seed;
  }

  /** The text of a name: so many words with a space before each, and a full stop. */
  public String text(String name, int count) {
    Random random = new Random(seed * 31 + name.hashCode());
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
    }
    return text.append('.').toString();
  }
}
