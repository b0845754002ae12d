package dev.kvasir.engine.constrain;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;

/** Schemas of objects and arrays, as automata over code points. */
final class Containers {
  static final Set<String> OBJECT_KEYWORDS =
      Set.of("properties", "required", "additionalProperties");
  static final Set<String> ARRAY_KEYWORDS = Set.of("items", "minItems", "maxItems");

  private static final Automaton NOTHING = Automata.makeEmptyString();
  private static final Automaton COMMA = Automata.makeChar(',');

  private Containers() {}

  /**
   * Objects with the schema's properties in its order, or with any keys if it has none.
   *
   * @param values compiles what the properties hold
   */
  static Automaton object(SchemaNode node, Function<SchemaNode, Automaton> values) {
    JsonObject properties =
        node.has("properties")
            ? SchemaNode.of(node.get("properties"), node.path() + "/properties").json()
            : new JsonObject();
    Set<String> required = node.has("required") ? Set.copyOf(node.texts("required")) : Set.of();
    if (!properties.keySet().containsAll(required)) {
      throw node.fault("required", "names what properties does not have");
    }
    JsonElement others = node.get("additionalProperties");
    boolean closed = new JsonPrimitive(false).equals(others);
    if (properties.isEmpty() && !closed) {
      JsonElement schema = others == null ? new JsonObject() : others;
      return JsonPieces.map(values.apply(node.child(schema, "additionalProperties")));
    }
    return JsonPieces.object(members(node, properties, required, values));
  }

  /** From the last to the first: what can stand first, and what can follow another. */
  private static Automaton members(
      SchemaNode node,
      JsonObject properties,
      Set<String> required,
      Function<SchemaNode, Automaton> values) {
    List<String> names = new ArrayList<>(properties.keySet());
    Automaton first = NOTHING;
    Automaton later = NOTHING;
    for (int i = names.size() - 1; i >= 0; i--) {
      String name = names.get(i);
      Automaton value = values.apply(node.child(properties.get(name), "properties", name));
      Automaton key = Automata.makeString(new JsonPrimitive(name).toString());
      Automaton member = JsonPieces.member(key, value);
      Automaton another = Operations.concatenate(COMMA, member);
      Automaton here = Operations.concatenate(member, later);
      boolean optional = !required.contains(name);
      first = optional ? Operations.union(here, first) : here;
      later = Operations.concatenate(optional ? Operations.optional(another) : another, later);
      node.requireFits(first);
    }
    return first;
  }

  /**
   * Arrays of the schema's items.
   *
   * @param values compiles what the items hold
   */
  static Automaton array(SchemaNode node, Function<SchemaNode, Automaton> values) {
    JsonElement items = node.has("items") ? node.get("items") : new JsonObject();
    Automaton item =
        Operations.concatenate(JsonPieces.SPACE, values.apply(node.child(items, "items")));
    int least = node.count("minItems", 0);
    int most = node.count("maxItems", Integer.MAX_VALUE);
    if (most < least) {
      throw node.fault("maxItems", "is below minItems");
    }
    boolean unbounded = most == Integer.MAX_VALUE;
    node.requireFits(item, unbounded ? least : most);
    return JsonPieces.array(
        most == 0 ? NOTHING : unbounded ? from(least, item) : upTo(least, most, item));
  }

  private static Automaton from(int least, Automaton item) {
    if (least < 2) {
      Automaton some = JsonPieces.separated(item);
      return least == 0 ? Operations.optional(some) : some;
    }
    Automaton another = Operations.concatenate(COMMA, item);
    return Operations.concatenate(item, Operations.repeat(another, least - 1));
  }

  private static Automaton upTo(int least, int most, Automaton item) {
    Automaton another = Operations.concatenate(COMMA, item);
    Automaton some =
        Operations.concatenate(item, Operations.repeat(another, Math.max(least, 1) - 1, most - 1));
    return least == 0 ? Operations.optional(some) : some;
  }
}
