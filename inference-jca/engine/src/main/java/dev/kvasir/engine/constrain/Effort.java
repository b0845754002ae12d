package dev.kvasir.engine.constrain;

import dev.kvasir.inference.ResponseFormatException;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;

/**
 * What compiling one schema may cost, in transitions that are made or compared; it bounds time and
 * memory. One thread's, one use.
 */
final class Effort {
  static final int MOST_TRANSITIONS = 10_000_000;

  private long transitions;

  /**
   * Counts transitions before they cost anything.
   *
   * @throws ResponseFormatException naming the place where they are too many
   */
  void spend(SchemaNode node, long more) {
    transitions += more;
    if (transitions > MOST_TRANSITIONS) {
      throw new ResponseFormatException(
          "the schema is too involved: up to %s it takes %d steps to compile, but may take %d"
              .formatted(node.path(), transitions, MOST_TRANSITIONS));
    }
  }

  /**
   * What both accept; in the worst case each transition meets each.
   *
   * @throws ResponseFormatException if that is too much work
   */
  Automaton intersection(SchemaNode node, Automaton one, Automaton other) {
    Automaton left = Operations.removeDeadStates(one);
    Automaton right = Operations.removeDeadStates(other);
    spend(node, (long) left.getNumTransitions() * right.getNumTransitions());
    return Operations.intersection(left, right);
  }
}
