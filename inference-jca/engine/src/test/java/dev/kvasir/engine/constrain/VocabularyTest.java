package dev.kvasir.engine.constrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.inference.InferenceException;
import dev.kvasir.inference.ResponseFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.lucene.util.automaton.ByteRunAutomaton;
import org.junit.jupiter.api.Test;

class VocabularyTest {
  private static final String LETTERS = "{}[]\",: 019-.aeltrufns\\\u00e4\n";
  private static final int END = 2;

  private final long seed = Long.getLong("kvasir.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final List<byte[]> tokens = new ArrayList<>();

  @Test
  void allowed_anyVocabulary_whatTheFormTakes() {
    for (int id = 0; id < 2_000; id++) {
      StringBuilder token = new StringBuilder();
      for (int length = random.nextInt(5); length > 0; length--) { // some empty, some twice
        token.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
      tokens.add(token.toString().getBytes(StandardCharsets.UTF_8));
    }
    Vocabulary vocabulary =
        new Vocabulary(tokens.size(), id -> ByteBuffer.wrap(tokens.get(id)), Set.of(END));
    ByteRunAutomaton form = Constraints.form(new ResponseFormat.JsonObject());
    int state = 0;
    for (int step = 0; step < 300; step++) {
      long[] allowed = vocabulary.allowed(form, state);
      List<Integer> candidates = new ArrayList<>();
      for (int id = 0; id < tokens.size(); id++) {
        boolean fits = id == END ? form.isAccept(state) : fits(form, state, tokens.get(id));
        assertEquals(fits, (allowed[id / 64] >>> id & 1) == 1, "token " + id + ", seed " + seed);
        if (fits) {
          candidates.add(id);
        }
      }
      assertTrue(!candidates.isEmpty(), "seed " + seed);
      int chosen = candidates.get(random.nextInt(candidates.size()));
      state = chosen == END ? 0 : vocabulary.step(form, state, chosen);
    }
  }

  @Test
  void allowed_noTokenGoesOn_fails() {
    Vocabulary vocabulary = new Vocabulary(1, id -> StandardCharsets.UTF_8.encode("{"), Set.of());
    ByteRunAutomaton form = Constraints.form(new ResponseFormat.JsonObject());
    assertEquals(1, vocabulary.allowed(form, 0)[0]);
    int behind = vocabulary.step(form, 0, 0);
    assertThrows(InferenceException.class, () -> vocabulary.allowed(form, behind));
  }

  private static boolean fits(ByteRunAutomaton form, int from, byte[] token) {
    int state = from;
    for (byte b : token) {
      state = state < 0 ? state : form.step(state, b & 0xFF);
    }
    return token.length > 0 && state >= 0;
  }
}
