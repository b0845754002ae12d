package dev.kvasir.engine.constrain;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.kvasir.inference.ResponseFormatException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.lucene.util.automaton.Automaton;
import org.jspecify.annotations.Nullable;

/**
 * A place in a JSON schema.
 *
 * @param json its keywords
 * @param path JSON pointer to it
 */
record SchemaNode(JsonObject json, String path) {
  private static final int MOST_STATES = 30_000;

  /** Says something to readers, nothing about the answer. */
  private static final Set<String> NOTES =
      Set.of(
          "title",
          "description",
          "default",
          "examples",
          "deprecated",
          "readOnly",
          "writeOnly",
          "$schema",
          "$id",
          "$comment",
          "$defs",
          "definitions");

  /**
   * A schema at a path.
   *
   * @throws ResponseFormatException if it is neither an object nor {@code true}
   */
  static SchemaNode of(@Nullable JsonElement json, String path) {
    if (json instanceof JsonObject object) {
      return new SchemaNode(object, path);
    }
    if (new JsonPrimitive(true).equals(json)) {
      return new SchemaNode(new JsonObject(), path);
    }
    throw new ResponseFormatException("%s must be a schema: an object".formatted(path));
  }

  /** The schema below some keywords and names. */
  SchemaNode child(@Nullable JsonElement json, Object... steps) {
    StringBuilder below = new StringBuilder(path);
    for (Object step : steps) {
      below.append('/').append(step.toString().replace("~", "~0").replace("/", "~1"));
    }
    return of(json, below.toString());
  }

  boolean has(String keyword) {
    return json.has(keyword);
  }

  @Nullable JsonElement get(String keyword) {
    return json.get(keyword);
  }

  /** Whether it says nothing about the answer. */
  boolean isEmpty() {
    return NOTES.containsAll(json.keySet());
  }

  /**
   * Refuses what would be left out otherwise.
   *
   * @throws ResponseFormatException naming the first keyword that is not among these
   */
  void requireOnly(Set<String> keywords) {
    for (String keyword : json.keySet()) {
      if (!keywords.contains(keyword) && !NOTES.contains(keyword)) {
        throw fault(keyword, "is not supported here");
      }
    }
  }

  /** A number of things, from 0 on. */
  int count(String keyword, int otherwise) {
    long count = has(keyword) ? whole(keyword) : otherwise;
    if (count < 0 || count > Integer.MAX_VALUE) {
      throw fault(keyword, "must not be below 0");
    }
    return (int) count;
  }

  /** A whole number of at most nine digits. */
  long whole(String keyword) {
    try {
      long whole = new BigDecimal(String.valueOf(get(keyword))).longValueExact();
      if (Math.abs(whole) > 999_999_999) {
        throw fault(keyword, "must have at most 9 digits");
      }
      return whole;
    } catch (ArithmeticException | NumberFormatException e) {
      throw fault(keyword, "must be a whole number of at most 9 digits");
    }
  }

  String text(String keyword) {
    if (get(keyword) instanceof JsonPrimitive text && text.isString()) {
      return text.getAsString();
    }
    throw fault(keyword, "must be a string");
  }

  List<JsonElement> list(String keyword) {
    if (get(keyword) instanceof JsonArray list) {
      return list.asList();
    }
    throw fault(keyword, "must be an array");
  }

  List<String> texts(String keyword) {
    List<String> texts = new ArrayList<>();
    for (JsonElement element : list(keyword)) {
      if (!(element instanceof JsonPrimitive text && text.isString())) {
        throw fault(keyword, "must be an array of strings");
      }
      texts.add(text.getAsString());
    }
    return texts;
  }

  /**
   * Refuses an automaton that is too large, before more is made of it.
   *
   * @throws ResponseFormatException naming the place
   */
  void requireFits(Automaton automaton) {
    requireFits(automaton, 1);
  }

  /** Likewise, for so many of it. */
  void requireFits(Automaton automaton, int times) {
    if ((long) times * automaton.getNumStates() > MOST_STATES) {
      throw new ResponseFormatException(
          "what the schema describes at %s is too large to be kept to".formatted(path));
    }
  }

  ResponseFormatException fault(String keyword, String what) {
    return new ResponseFormatException("keyword \"%s\" at %s %s".formatted(keyword, path, what));
  }
}
