package dev.kvasir.web.tool;

import dev.kvasir.web.openai.Tool;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Objects;

/**
 * The JSON schema of one call of one of some functions: {@code {"name": ..., "arguments": ...}}.
 */
final class CallSchema {
  private static final JsonObject NO_ARGUMENTS =
      Json.createObjectBuilder()
          .add("type", "object")
          .add("properties", JsonValue.EMPTY_JSON_OBJECT)
          .add("additionalProperties", false)
          .build();

  private CallSchema() {}

  static JsonObject of(List<Tool> tools) {
    JsonArrayBuilder calls = Json.createArrayBuilder();
    for (int i = 0; i < tools.size(); i++) {
      calls.add(call(tools.get(i), "#/anyOf/%d/properties/arguments".formatted(i)));
    }
    return Json.createObjectBuilder().add("anyOf", calls).build();
  }

  private static JsonObject call(Tool tool, String path) {
    JsonValue parameters = Objects.requireNonNull(tool.function()).parameters();
    JsonValue arguments =
        parameters instanceof JsonObject schema ? moved(schema, path) : NO_ARGUMENTS;
    return Json.createObjectBuilder()
        .add("type", "object")
        .add(
            "properties",
            Json.createObjectBuilder()
                .add("name", Json.createObjectBuilder().add("const", Tools.name(tool)))
                .add("arguments", arguments))
        .add("required", Json.createArrayBuilder().add("name").add("arguments"))
        .add("additionalProperties", false)
        .build();
  }

  /** A schema that stands elsewhere now: what refers to its own parts must follow. */
  private static JsonValue moved(JsonValue schema, String path) {
    if (schema instanceof JsonObject object) {
      JsonObjectBuilder copy = Json.createObjectBuilder();
      object.forEach(
          (name, value) ->
              copy.add(
                  name,
                  name.equals("$ref")
                          && value instanceof JsonString reference
                          && reference.getString().startsWith("#")
                      ? Json.createValue(path + reference.getString().substring(1))
                      : moved(value, path)));
      return copy.build();
    }
    if (schema instanceof JsonArray array) {
      JsonArrayBuilder copy = Json.createArrayBuilder();
      array.forEach(value -> copy.add(moved(value, path)));
      return copy.build();
    }
    return schema;
  }
}
