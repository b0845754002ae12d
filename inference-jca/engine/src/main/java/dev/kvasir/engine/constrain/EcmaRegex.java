package dev.kvasir.engine.constrain;

import dev.kvasir.inference.ResponseFormatException;
import java.util.List;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.RegExp;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;

/**
 * A schema's regular expression: of ECMAScript's, that which is regular and reads the same
 * everywhere, rewritten for Lucene. One use.
 */
final class EcmaRegex {
  /** Effort that one regular expression may cost, as Lucene counts it; also its most states. */
  static final int MOST_WORK = 30_000;

  private static final int LONGEST = 128;
  private static final int MOST_REPEATED = 10_000;
  private static final int MOST_OPTIONAL = 3_000; // Lucene makes the square of these transitions
  private static final String CLASSES = "dws";

  private final SchemaNode node;
  private final String keyword;
  private final String regex;
  private final StringBuilder out = new StringBuilder();
  private int at;
  private int open;
  private int optional; // parts that may be empty
  private boolean alternatives;
  private long repeated = 1;

  private EcmaRegex(SchemaNode node, String keyword) {
    this.node = node;
    this.keyword = keyword;
    this.regex = node.text(keyword);
  }

  /**
   * The strings that the keyword's regular expression finds something in.
   *
   * @throws ResponseFormatException if it has something that is not supported
   */
  static Automaton of(SchemaNode node, String keyword) {
    return new EcmaRegex(node, keyword).automaton();
  }

  private Automaton automaton() {
    if (regex.length() > LONGEST) {
      throw node.fault(keyword, "has more than %d characters".formatted(LONGEST));
    }
    boolean fromStart = regex.startsWith("^");
    boolean toEnd = regex.endsWith("$") && !regex.endsWith("\\$");
    int end = regex.length() - (toEnd ? 1 : 0);
    at = fromStart ? 1 : 0;
    while (at < end) {
      one(regex.charAt(at++));
    }
    if (alternatives && (fromStart || toEnd)) {
      throw node.fault(keyword, "needs parentheses around its alternatives");
    }
    Automaton found = parsed();
    Automaton anything = Operations.repeat(JsonPieces.PLAIN);
    return Operations.concatenate(
        List.of(
            fromStart ? Operations.repeat(JsonPieces.PLAIN, 0, 0) : anything,
            found,
            toEnd ? Operations.repeat(JsonPieces.PLAIN, 0, 0) : anything));
  }

  private Automaton parsed() {
    try {
      return new RegExp(out.toString(), RegExp.NONE).toAutomaton(MOST_WORK);
    } catch (IllegalArgumentException e) {
      throw node.fault(keyword, "is not a regular expression that can be used here");
    } catch (TooComplexToDeterminizeException e) {
      throw node.fault(keyword, "takes more than %d steps to compile".formatted(MOST_WORK));
    }
  }

  private void one(char c) {
    switch (c) {
      case '\\' -> escaped();
      case '[' -> characterClass();
      case '(' -> group();
      case ')' -> close();
      case '|' -> alternative();
      case '*', '+', '?' -> quantifier(String.valueOf(c));
      case '{' -> counted();
      case '^', '$' -> throw unsupported(String.valueOf(c));
      case '.' -> out.append(c);
      default -> literal(c);
    }
  }

  private void group() {
    if (regex.startsWith("?:", at)) {
      at += 2;
    } else if (regex.startsWith("?", at)) {
      throw unsupported("(?");
    }
    open++;
    optional += regex.startsWith(")", at) ? 1 : 0;
    out.append('(');
  }

  private void close() {
    open--;
    out.append(')');
  }

  private void alternative() {
    alternatives |= open == 0;
    out.append('|');
  }

  /** Whether it takes as much as it can or as little changes nothing here. */
  private void quantifier(String quantifier) {
    out.append(quantifier);
    optional += quantifier.matches("[?*]|\\{0.*") ? 1 : 0;
    if (regex.startsWith("?", at)) {
      at++;
    }
  }

  private void counted() {
    int end = regex.indexOf('}', at);
    String counts = end < 0 ? "" : regex.substring(at, end);
    if (!counts.matches("[0-9]{1,4}(,[0-9]{0,4})?")) {
      throw unsupported("{");
    }
    int comma = counts.indexOf(',');
    String most = comma < 0 || comma == counts.length() - 1 ? counts : counts.substring(comma + 1);
    repeated *= Math.max(1, Integer.parseInt(most.replace(",", "")));
    boolean ofGroup = at >= 2 && regex.charAt(at - 2) == ')';
    if (repeated > MOST_REPEATED || (ofGroup && repeated * optional > MOST_OPTIONAL)) {
      throw node.fault(keyword, "repeats too much");
    }
    at = end + 1;
    quantifier("{" + counts + "}");
  }

  private void escaped() {
    char c = next();
    if (CLASSES.indexOf(Character.toLowerCase(c)) >= 0) {
      out.append('\\').append(c);
    } else if (Character.isLetterOrDigit(c)) {
      throw unsupported("\\" + c);
    } else {
      literal(c);
    }
  }

  private void characterClass() {
    out.append('[');
    if (regex.startsWith("^", at)) {
      at++;
      out.append('^');
    }
    boolean range = false; // whether the last one can begin one
    for (char c = next(); c != ']'; c = next()) {
      boolean last = regex.startsWith("]", at);
      if (c == '-' && range && !last) {
        out.append('-');
        inClass(next());
        range = false;
      } else {
        range = inClass(c);
      }
    }
    out.append(']');
  }

  /** Whether it was a single character. */
  private boolean inClass(char c) {
    if (c != '\\') {
      literal(c);
      return true;
    }
    char escaped = next();
    if (CLASSES.indexOf(escaped) >= 0) {
      out.append('\\').append(escaped);
      return false;
    }
    if (Character.isLetterOrDigit(escaped)) {
      throw unsupported("\\" + escaped);
    }
    literal(escaped);
    return true;
  }

  private char next() {
    if (at >= regex.length()) {
      throw node.fault(keyword, "ends too early");
    }
    return regex.charAt(at++);
  }

  private void literal(char c) {
    if (c < 128 && !Character.isLetterOrDigit(c)) {
      out.append('\\');
    }
    out.append(c);
  }

  private ResponseFormatException unsupported(String what) {
    return node.fault(keyword, "has %s, which is not supported here".formatted(what));
  }
}
