package dev.kvasir.engine.constrain;

import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.MinimizationOperations;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.RegExp;

/** What JSON is made of (RFC 8259), as automata over code points. Never changed once made. */
final class JsonPieces {
  /** Effort that one automaton may cost, as Lucene counts it. */
  static final int MOST_WORK = 2_000_000;

  /** Between brackets, commas and values: nothing, a space, or a line break and its indent. */
  static final Automaton SPACE = regex("( |\n {0,20})?");

  /** A character of a string that is written as it is. */
  static final Automaton PLAIN =
      smallest(
          Operations.union(
              List.of(
                  Automata.makeCharRange(' ', '!'),
                  Automata.makeCharRange('#', '['),
                  Automata.makeCharRange(']', Character.MIN_SURROGATE - 1),
                  Automata.makeCharRange(Character.MAX_SURROGATE + 1, Character.MAX_CODE_POINT))));

  /** A character of a string, also in an escaped way; halves of surrogate pairs are none. */
  static final Automaton CHARACTER =
      smallest(
          Operations.union(
              PLAIN,
              regex(
                  "\\\\(\\\"|\\\\|/|b|f|n|r|t"
                      + "|u([0-9a-cefA-CEF][0-9a-fA-F]{3}|[dD][0-7][0-9a-fA-F]{2}))")));

  static final Automaton STRING = quoted(Operations.repeat(CHARACTER));

  /** At most 15 digits: a double holds them exactly. */
  static final Automaton INTEGER = regex("-?(0|[1-9][0-9]{0,14})");

  static final Automaton NUMBER =
      regex("-?(0|[1-9][0-9]{0,14})(\\.[0-9]{1,15})?([eE](\\+|-)?[0-9]{1,2})?");

  static final Automaton BOOLEAN = regex("true|false");
  static final Automaton NULL = Automata.makeString("null");

  private JsonPieces() {}

  static Automaton regex(String regex) {
    return smallest(new RegExp(regex, RegExp.NONE).toAutomaton(MOST_WORK));
  }

  private static Automaton smallest(Automaton automaton) {
    return MinimizationOperations.minimize(automaton, MOST_WORK);
  }

  static Automaton quoted(Automaton characters) {
    Automaton quote = Automata.makeChar('"');
    return Operations.concatenate(List.of(quote, characters, quote));
  }

  /**
   * A member of an object, and the space before it.
   *
   * @param key as JSON writes it
   */
  static Automaton member(Automaton key, Automaton value) {
    return Operations.concatenate(List.of(SPACE, key, Automata.makeChar(':'), SPACE, value));
  }

  static Automaton object(Automaton members) {
    return enclosed('{', members, '}');
  }

  static Automaton array(Automaton elements) {
    return enclosed('[', elements, ']');
  }

  private static Automaton enclosed(char open, Automaton content, char close) {
    return Operations.concatenate(
        List.of(Automata.makeChar(open), content, SPACE, Automata.makeChar(close)));
  }

  /**
   * One or more, with commas between them. The automaton has one copy of them: values hold values,
   * so that two copies on each level would be a thousand on the fifth.
   */
  static Automaton separated(Automaton one) {
    Automaton.Builder loop = new Automaton.Builder();
    loop.copy(one);
    int behindComma = loop.createState();
    for (int state = 0; state < one.getNumStates(); state++) {
      if (one.isAccept(state)) {
        loop.addTransition(state, behindComma, ',');
      }
    }
    loop.addEpsilon(behindComma, 0); // where it begins
    return loop.finish();
  }

  /** Any JSON value in which so many objects and arrays stand one in another. */
  static Automaton anyValue(int depth) {
    List<Automaton> kinds = new ArrayList<>(List.of(STRING, NUMBER, BOOLEAN, NULL));
    if (depth > 0) {
      Automaton inner = anyValue(depth - 1);
      kinds.add(map(inner));
      kinds.add(array(Operations.optional(separated(Operations.concatenate(SPACE, inner)))));
    }
    return Operations.union(kinds);
  }

  /** An object with any keys. */
  static Automaton map(Automaton value) {
    return object(Operations.optional(separated(member(STRING, value))));
  }
}
