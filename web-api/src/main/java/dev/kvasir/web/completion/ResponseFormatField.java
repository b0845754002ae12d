package dev.kvasir.web.completion;

import dev.kvasir.inference.ResponseFormat;
import dev.kvasir.web.fault.RequestFault;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** The form that a request wants its answer in. */
final class ResponseFormatField {
  static final String FIELD = "response_format";

  /** Where a response has it. */
  static final String TEXT_FIELD = "text.format";

  private static final String TYPES = "\"text\", \"json_object\" or \"json_schema\"";

  private ResponseFormatField() {}

  /**
   * Reads it; whether answers can be kept to a schema is the engine's to say.
   *
   * @return null for any text
   * @throws RequestFault if it is not as OpenAI has it
   */
  static @Nullable ResponseFormat of(@Nullable JsonValue wire) {
    return of(wire, FIELD);
  }

  /** Likewise of a response, where the schema stands beside the type. */
  static @Nullable ResponseFormat ofText(@Nullable JsonValue wire) {
    return of(wire, TEXT_FIELD);
  }

  private static @Nullable ResponseFormat of(@Nullable JsonValue wire, String field) {
    if (wire == null || wire == JsonValue.NULL) {
      return null;
    }
    String type =
        object(wire, field).get("type") instanceof JsonString text ? text.getString() : "";
    return switch (type) {
      case "text" -> null;
      case "json_object" -> new ResponseFormat.JsonObject();
      case "json_schema" -> schema(wire.asJsonObject(), field);
      default ->
          throw RequestFault.invalid(
              field + ".type", "%s.type must be %s.".formatted(field, TYPES));
    };
  }

  private static ResponseFormat schema(JsonObject format, String field) {
    boolean nested = field.equals(FIELD);
    String path = nested ? field + ".json_schema" : field;
    JsonObject named = nested ? object(format.get("json_schema"), path) : format;
    return new ResponseFormat.JsonSchema(object(named.get("schema"), path + ".schema").toString());
  }

  private static JsonObject object(@Nullable JsonValue value, String path) {
    if (value == null) {
      throw RequestFault.missing(path, path + " is missing; send an object.");
    }
    if (!(value instanceof JsonObject object)) {
      throw RequestFault.wrongType(path, path + " must be an object.");
    }
    return object;
  }
}
