package dev.kvasir.engine.constrain;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;

/** Schemas of strings and whole numbers, as automata over code points. */
final class Scalars {
  static final Set<String> STRING_KEYWORDS = Set.of("minLength", "maxLength", "pattern", "format");
  static final Set<String> INTEGER_KEYWORDS =
      Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum");

  private static final String DATE =
      "[0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
          + "|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))";
  private static final String CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]";
  private static final String TIME = CLOCK + ":[0-5][0-9](\\.[0-9]{1,6})?(Z|(\\+|-)" + CLOCK + ")";
  private static final Map<String, String> FORMATS =
      Map.of(
          "date",
          DATE,
          "time",
          TIME,
          "date-time",
          "(" + DATE + ")T" + TIME,
          "uuid",
          "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
          "email",
          "[A-Za-z0-9_]{1,32}(\\.[A-Za-z0-9_]{1,32}){0,2}@[a-z0-9]{1,32}(\\.[a-z0-9]{1,32}){1,3}",
          "ipv4",
          "B(\\.B){3}".replace("B", "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"));

  private static final int BOUND_DIGITS = 9;

  private Scalars() {}

  /** Whether a value is of one of these types. */
  static boolean isOf(List<String> types, JsonElement value) {
    return types.stream().anyMatch(type -> isOf(type, value));
  }

  private static boolean isOf(String type, JsonElement value) {
    JsonPrimitive primitive = value instanceof JsonPrimitive some ? some : null;
    return switch (type) {
      case "object" -> value.isJsonObject();
      case "array" -> value.isJsonArray();
      case "null" -> value.isJsonNull();
      case "string" -> primitive != null && primitive.isString();
      case "boolean" -> primitive != null && primitive.isBoolean();
      case "number" -> primitive != null && primitive.isNumber();
      case "integer" ->
          primitive != null
              && primitive.isNumber()
              && primitive.getAsBigDecimal().stripTrailingZeros().scale() <= 0;
      default -> false;
    };
  }

  /** Strings; those with a pattern or a format are written without escapes. */
  static Automaton string(SchemaNode node, Effort effort) {
    boolean formed = node.has("pattern") || node.has("format");
    Automaton character = formed ? JsonPieces.PLAIN : JsonPieces.CHARACTER;
    int least = node.count("minLength", 0);
    int most = node.count("maxLength", Integer.MAX_VALUE);
    if (most < least) {
      throw node.fault("maxLength", "is below minLength");
    }
    boolean unbounded = most == Integer.MAX_VALUE;
    node.requireFits(character, unbounded ? least : most);
    Automaton content =
        unbounded ? Operations.repeat(character, least) : Operations.repeat(character, least, most);
    if (node.has("pattern")) {
      effort.spend(node, EcmaRegex.MOST_WORK);
      content = effort.intersection(node, content, EcmaRegex.of(node, "pattern"));
    }
    if (node.has("format")) {
      String regex = FORMATS.get(node.text("format"));
      if (regex == null) {
        throw node.fault(
            "format",
            "is \"%s\", but can only be one of %s"
                .formatted(node.text("format"), FORMATS.keySet().stream().sorted().toList()));
      }
      effort.spend(node, EcmaRegex.MOST_WORK);
      content = effort.intersection(node, content, JsonPieces.regex(regex));
    }
    return JsonPieces.quoted(content);
  }

  /** Whole numbers. */
  static Automaton integer(SchemaNode node) {
    if (INTEGER_KEYWORDS.stream().noneMatch(node::has)) {
      return JsonPieces.INTEGER;
    }
    long least = Long.MIN_VALUE;
    long most = Long.MAX_VALUE;
    if (node.has("minimum")) {
      least = node.whole("minimum");
    }
    if (node.has("exclusiveMinimum")) {
      least = Math.max(least, node.whole("exclusiveMinimum") + 1);
    }
    if (node.has("maximum")) {
      most = node.whole("maximum");
    }
    if (node.has("exclusiveMaximum")) {
      most = Math.min(most, node.whole("exclusiveMaximum") - 1);
    }
    List<Automaton> parts = new ArrayList<>();
    if (most >= 0) {
      parts.add(between(Math.max(least, 0), most));
    }
    if (least < 0) {
      long furthest = least == Long.MIN_VALUE ? Long.MAX_VALUE : -least;
      parts.add(
          Operations.concatenate(
              Automata.makeChar('-'),
              between(Math.max(1, most == Long.MAX_VALUE ? 1 : -most), furthest)));
    }
    return Operations.union(parts);
  }

  /** Numbers from 0 on, without leading zeros; up to 15 digits where there is no other end. */
  private static Automaton between(long least, long most) {
    List<Automaton> byDigits = new ArrayList<>();
    long smallest = 0;
    long next = 10;
    for (int digits = 1; digits <= BOUND_DIGITS; digits++) {
      long from = Math.max(least, smallest);
      long to = Math.min(most, next - 1);
      if (from <= to) {
        byDigits.add(Automata.makeDecimalInterval((int) from, (int) to, digits));
      }
      smallest = next;
      next *= 10;
    }
    if (most == Long.MAX_VALUE) {
      byDigits.add(JsonPieces.regex("[1-9][0-9]{9,14}"));
    }
    return Operations.union(byDigits);
  }
}
