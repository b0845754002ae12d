package dev.kvasir.web.completion;

import dev.kvasir.inference.ResponseFormat;
import dev.kvasir.web.fault.RequestFault;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** The form that a request wants its answer in. */
final class ResponseFormatField {
  private static final String FIELD = "response_format";
  private static final String TYPES = "\"text\", \"json_object\" or \"json_schema\"";

  private ResponseFormatField() {}

  /**
   * Reads it; whether answers can be kept to a schema is the engine's to say.
   *
   * @return null for any text
   * @throws RequestFault if it is not as OpenAI has it
   */
  static @Nullable ResponseFormat of(@Nullable JsonValue wire) {
    if (wire == null || wire == JsonValue.NULL) {
      return null;
    }
    String type =
        object(wire, FIELD).get("type") instanceof JsonString text ? text.getString() : "";
    return switch (type) {
      case "text" -> null;
      case "json_object" -> new ResponseFormat.JsonObject();
      case "json_schema" -> schema(wire.asJsonObject());
      default ->
          throw RequestFault.invalid(
              FIELD + ".type", "%s.type must be %s.".formatted(FIELD, TYPES));
    };
  }

  private static ResponseFormat schema(JsonObject format) {
    String path = FIELD + ".json_schema";
    JsonObject named = object(format.get("json_schema"), path);
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
