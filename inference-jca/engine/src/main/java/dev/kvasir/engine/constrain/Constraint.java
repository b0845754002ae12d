package dev.kvasir.engine.constrain;

import dev.kvasir.engine.sample.NextTokens;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.util.automaton.ByteRunAutomaton;

/** Keeps answers to one response format. Made by any thread, then the step loop's only. */
public final class Constraint {
  /** Of 6 KiB each, with 49,152 tokens. */
  private static final int MOST_MASKS = 512;

  private final ByteRunAutomaton form;
  private final Vocabulary vocabulary;
  private final Map<Integer, long[]> masks = new HashMap<>(); // by state

  Constraint(ByteRunAutomaton form, Vocabulary vocabulary) {
    this.form = form;
    this.vocabulary = vocabulary;
  }

  /** For one answer, from its beginning. */
  public NextTokens start() {
    return new Place();
  }

  private long[] mask(int state) {
    if (masks.size() == MOST_MASKS && !masks.containsKey(state)) {
      masks.clear(); // an answer comes back to few of its states
    }
    return masks.computeIfAbsent(state, unknown -> vocabulary.allowed(form, unknown));
  }

  /** How far one answer is. */
  private final class Place implements NextTokens {
    private int state;

    @Override
    public long[] allowed() {
      return mask(state);
    }

    @Override
    public void accept(int id) {
      state = vocabulary.step(form, state, id);
    }
  }
}
