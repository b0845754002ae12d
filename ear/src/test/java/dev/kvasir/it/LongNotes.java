package dev.kvasir.it;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Notes about people, about a thousand tokens long for the tiny model, other ones for each seed.
 */
final class LongNotes {
  private static final String[] NAMES = {"Paul", "Ida", "Maria", "Tom", "Anna", "Peter"};
  private static final String[] CITIES = {"Oslo", "Paris", "Rome", "London", "Berlin"};

  private LongNotes() {}

  static String of(long seed) {
    Random random = new Random(seed);
    return "Read the notes and answer the questions.\n"
        + IntStream.range(0, 56)
            .mapToObj(
                i ->
                    "%s lives in %s. The code of %s is %d."
                        .formatted(
                            pick(NAMES, random),
                            pick(CITIES, random),
                            pick(NAMES, random),
                            1000 + random.nextInt(9000)))
            .collect(Collectors.joining(" "));
  }

  private static String pick(String[] words, Random random) {
    return words[random.nextInt(words.length)];
  }
}
