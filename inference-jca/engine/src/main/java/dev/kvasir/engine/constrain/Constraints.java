package dev.kvasir.engine.constrain;

import dev.kvasir.inference.ResponseFormat;
import dev.kvasir.inference.ResponseFormatException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.ByteRunAutomaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;
import org.apache.lucene.util.automaton.UTF32ToUTF8;
import org.jspecify.annotations.Nullable;

/** The constraints of a model's answers, those used last kept. Safe for all threads. */
public final class Constraints {
  private static final int KEPT = 8;
  private static final int MOST_STATES = 20_000; // some 10 MB, with its masks

  private final Supplier<Vocabulary> source;
  private final Object compiler = new Object(); // one at a time: each may need hundreds of MB
  private @Nullable Vocabulary vocabulary; // guarded by this
  private final Map<ResponseFormat, Constraint> kept = // by use, guarded by this
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ResponseFormat, Constraint> eldest) {
          return size() > KEPT;
        }
      };

  /**
   * @param vocabulary asked for once, with the first format
   */
  public Constraints(Supplier<Vocabulary> vocabulary) {
    this.source = vocabulary;
  }

  /**
   * What keeps answers to a format.
   *
   * @throws ResponseFormatException if that is not supported; says what and where
   */
  public Constraint of(ResponseFormat format) {
    Constraint known = known(format);
    if (known != null) {
      return known;
    }
    synchronized (compiler) {
      known = known(format);
      return known == null ? keep(format, form(format)) : known;
    }
  }

  private synchronized @Nullable Constraint known(ResponseFormat format) {
    return kept.get(format);
  }

  private synchronized Constraint keep(ResponseFormat format, ByteRunAutomaton form) {
    if (vocabulary == null) {
      vocabulary = source.get();
    }
    Constraint constraint = new Constraint(form, vocabulary);
    kept.put(format, constraint);
    return constraint;
  }

  /** A format over the bytes of UTF-8, from whose every state there is a way to an end. */
  static ByteRunAutomaton form(ResponseFormat format) {
    try {
      Automaton bytes =
          Operations.removeDeadStates(
              Operations.determinize(
                  new UTF32ToUTF8().convert(characters(format)), JsonPieces.MOST_WORK));
      if (bytes.getNumStates() > MOST_STATES) {
        throw new ResponseFormatException("what the schema describes is too large to be kept to");
      }
      return new ByteRunAutomaton(bytes, true, JsonPieces.MOST_WORK);
    } catch (TooComplexToDeterminizeException e) {
      throw new ResponseFormatException("what the schema describes is too involved to be kept to");
    }
  }

  private static Automaton characters(ResponseFormat format) {
    if (format instanceof ResponseFormat.JsonSchema schema) {
      return SchemaCompiler.compile(schema.schema());
    }
    return JsonPieces.map(JsonPieces.anyValue(SchemaCompiler.FREE_DEPTH - 1));
  }
}
