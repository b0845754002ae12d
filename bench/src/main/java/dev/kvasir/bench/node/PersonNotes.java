package dev.kvasir.bench.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Passages of notes on people, each with a code that can be asked for; other ones for each seed.
 */
final class PersonNotes {
  private static final List<String> FIRST =
      List.of(
          "Anna", "Bruno", "Clara", "David", "Elena", "Frank", "Greta", "Henry", "Irene", "Jonas");
  private static final List<String> LAST = List.of("Berg", "Costa", "Dahl", "Evans", "Fischer");
  private static final List<String> TOWNS =
      List.of("Oslo", "Paris", "Rome", "London", "Berlin", "Madrid", "Vienna", "Prague");
  private static final List<String> WORK =
      List.of("a baker", "a teacher", "a pilot", "a nurse", "a farmer", "a lawyer", "a painter");

  private final List<String> passages = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final List<String> codes = new ArrayList<>();

  PersonNotes(long seed) {
    Random random = new Random(seed);
    for (String last : LAST) {
      StringBuilder passage = new StringBuilder("Notes on the family " + last + ".\n");
      for (String first : FIRST) {
        String name = first + " " + last;
        String code = Integer.toString(1_000 + random.nextInt(9_000));
        names.add(name);
        codes.add(code);
        passage.append(
            "%s lives in %s and works as %s. The code of %s is %s.\n"
                .formatted(name, pick(TOWNS, random), pick(WORK, random), name, code));
      }
      passages.add(passage.toString());
    }
  }

  private PersonNotes(List<String> passages, List<String> names, List<String> codes) {
    this.passages.addAll(passages);
    this.names.addAll(names);
    this.codes.addAll(codes);
  }

  /** The same notes, but in each passage another code of one of the people. */
  PersonNotes edited(Random random) {
    PersonNotes edited = new PersonNotes(passages, names, codes);
    for (int passage = 0; passage < passages.size(); passage++) {
      int person = passage * FIRST.size() + random.nextInt(FIRST.size());
      String code = Integer.toString(1_000 + random.nextInt(9_000));
      String before = "The code of %s is ".formatted(names.get(person));
      edited.passages.set(
          passage, passages.get(passage).replace(before + codes.get(person), before + code));
      edited.codes.set(person, code);
    }
    return edited;
  }

  private static String pick(List<String> words, Random random) {
    return words.get(random.nextInt(words.size()));
  }

  /** One for each family. */
  List<String> passages() {
    return List.copyOf(passages);
  }

  /** People in all of them. */
  int people() {
    return names.size();
  }

  /** A question about one of the people. */
  String question(int person) {
    return "What is the code of %s? Answer with the code only.".formatted(names.get(person));
  }

  /** Whether an answer to it has the code. */
  boolean isRight(int person, String answer) {
    return answer.contains(codes.get(person));
  }
}
