package dev.kvasir.engine.constrain;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import dev.kvasir.inference.ResponseFormatException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;

/**
 * A JSON schema as an automaton over code points: whatever it accepts is valid by the schema, but
 * not the other way round. The properties of an object come in the schema's order, others than
 * those never; strings and numbers are bounded as {@link JsonPieces} says.
 */
final class SchemaCompiler {
  /** Objects and arrays one in another where the schema leaves open what stands there. */
  static final int FREE_DEPTH = 5;

  private static final int LONGEST = 65_536;
  private static final int DEEPEST = 10;
  private static final int MOST_REFERENCES = 100;
  private static final List<String> TYPES = List.of("object", "array", "string", "integer");
  private static final Set<String> CHOICE = Set.of("type", "enum", "const");

  private final SchemaNode root;
  private final Effort effort = new Effort();
  private final Map<Definition, Automaton> compiled = new HashMap<>();

  /** A part of the schema, and how deep in the answer its values stand: that bounds them. */
  private record Definition(String pointer, int depth) {}

  /** Where in the answer: how deep, and which definitions are being looked at. */
  private record Place(int depth, Set<String> definitions) {
    Place inner() {
      return new Place(depth + 1, definitions);
    }

    Place within(String definition) {
      Set<String> more = new HashSet<>(definitions);
      more.add(definition);
      return new Place(depth, more);
    }
  }

  private SchemaCompiler(SchemaNode root) {
    this.root = root;
  }

  /**
   * Compiles a schema.
   *
   * @throws ResponseFormatException naming what is not supported, and where
   */
  static Automaton compile(String schema) {
    if (schema.length() > LONGEST) {
      throw new ResponseFormatException(
          "the schema has %d characters, but may have %d".formatted(schema.length(), LONGEST));
    }
    try {
      SchemaNode root = SchemaNode.of(JsonParser.parseString(schema), "#");
      return new SchemaCompiler(root).value(root, new Place(0, Set.of()));
    } catch (JsonSyntaxException e) {
      throw new ResponseFormatException("the schema is not JSON");
    }
  }

  private Automaton value(SchemaNode node, Place place) {
    if (place.depth > DEEPEST) {
      throw new ResponseFormatException(
          "the schema goes deeper than %d levels at %s".formatted(DEEPEST, node.path()));
    }
    Automaton value = anyKind(node, place);
    node.requireFits(value);
    effort.spend(node, 1L + value.getNumTransitions());
    if (Operations.isEmpty(value)) {
      throw new ResponseFormatException(
          "nothing can be as the schema says at %s".formatted(node.path()));
    }
    return value;
  }

  private Automaton anyKind(SchemaNode node, Place place) {
    if (node.has("$ref")) {
      node.requireOnly(Set.of("$ref"));
      return reference(node, place);
    }
    if (node.has("anyOf")) {
      node.requireOnly(Set.of("anyOf"));
      return anyOf(node, place);
    }
    if (node.has("enum") || node.has("const")) {
      node.requireOnly(CHOICE);
      return choice(node);
    }
    if (node.isEmpty()) {
      return JsonPieces.anyValue(FREE_DEPTH - Math.min(FREE_DEPTH, place.depth));
    }
    return ofTypes(node, place);
  }

  private Automaton reference(SchemaNode node, Place place) {
    String reference = node.text("$ref");
    if (place.definitions.contains(reference)) {
      throw node.fault("$ref", "is recursive, which is not supported");
    }
    if (place.definitions.size() == MOST_REFERENCES) {
      throw node.fault("$ref", "is behind %d others".formatted(MOST_REFERENCES));
    }
    Definition definition = new Definition(reference, place.depth);
    Automaton known = compiled.get(definition);
    if (known == null) {
      known = value(definition(node, reference), place.within(reference));
      compiled.put(definition, known);
    }
    return known;
  }

  private SchemaNode definition(SchemaNode node, String reference) {
    JsonElement found = reference.startsWith("#") ? root.json() : null;
    for (String step : reference.replaceFirst("^#/?", "").split("/", -1)) {
      if (!step.isEmpty() && found instanceof JsonObject object) {
        found = object.get(step.replace("~1", "/").replace("~0", "~"));
      }
    }
    if (found == null) {
      throw node.fault("$ref", "must be a pointer to a part of this schema, such as #/$defs/name");
    }
    return SchemaNode.of(found, reference);
  }

  private Automaton anyOf(SchemaNode node, Place place) {
    List<Automaton> members = new ArrayList<>();
    for (JsonElement member : node.list("anyOf")) {
      members.add(value(node.child(member, "anyOf", members.size()), place));
    }
    return Operations.union(members);
  }

  private static Automaton choice(SchemaNode node) {
    List<String> types = types(node);
    List<JsonElement> values = node.has("enum") ? node.list("enum") : List.of(node.get("const"));
    return Operations.union(
        values.stream()
            .filter(value -> !node.has("const") || value.equals(node.get("const")))
            .filter(value -> types.isEmpty() || Scalars.isOf(types, value))
            .map(value -> Automata.makeString(value.toString()))
            .toList());
  }

  private Automaton ofTypes(SchemaNode node, Place place) {
    Set<String> keywords = new HashSet<>(Set.of("type"));
    List<String> types = types(node);
    if (types.isEmpty()) {
      TYPES.forEach(type -> keywords.addAll(keywordsOf(node, type)));
      node.requireOnly(keywords);
      throw new ResponseFormatException(
          "the schema at %s needs a type, enum, const, anyOf or $ref".formatted(node.path()));
    }
    types.forEach(type -> keywords.addAll(keywordsOf(node, type)));
    node.requireOnly(keywords);
    return Operations.union(types.stream().map(type -> ofType(type, node, place)).toList());
  }

  /** Without the keyword, what else tells it. */
  private static List<String> types(SchemaNode node) {
    if (!node.has("type")) {
      return node.has("properties")
          ? List.of("object")
          : node.has("items") ? List.of("array") : List.of();
    }
    return node.get("type") instanceof JsonArray
        ? node.texts("type").stream().distinct().toList()
        : List.of(node.text("type"));
  }

  private static Set<String> keywordsOf(SchemaNode node, String type) {
    return switch (type) {
      case "object" -> Containers.OBJECT_KEYWORDS;
      case "array" -> Containers.ARRAY_KEYWORDS;
      case "string" -> Scalars.STRING_KEYWORDS;
      case "integer" -> Scalars.INTEGER_KEYWORDS;
      case "number", "boolean", "null" -> Set.of();
      default -> throw node.fault("type", "is \"%s\", which JSON does not have".formatted(type));
    };
  }

  private Automaton ofType(String type, SchemaNode node, Place place) {
    return switch (type) {
      case "object" -> Containers.object(node, inner -> value(inner, place.inner()));
      case "array" -> Containers.array(node, inner -> value(inner, place.inner()));
      case "string" -> Scalars.string(node, effort);
      case "integer" -> Scalars.integer(node);
      case "number" -> JsonPieces.NUMBER;
      case "boolean" -> JsonPieces.BOOLEAN;
      default -> JsonPieces.NULL;
    };
  }
}
