package dev.kvasir.web.tool;

import dev.kvasir.web.fault.RequestFault;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What a request wants of its tools.
 *
 * @param name of the one function that may be called; null for any
 */
record ToolChoice(Kind kind, @Nullable String name) {
  /** Whether a call is forbidden, possible or required. */
  enum Kind {
    NONE,
    AUTO,
    REQUIRED
  }

  private static final String FIELD = "tool_choice";

  /**
   * Reads it.
   *
   * @throws RequestFault if it is not as OpenAI has it
   */
  static ToolChoice of(@Nullable JsonValue wire) {
    if (wire == null || wire == JsonValue.NULL) {
      return new ToolChoice(Kind.AUTO, null);
    }
    if (wire instanceof JsonString text) {
      return switch (text.getString()) {
        case "none" -> new ToolChoice(Kind.NONE, null);
        case "auto" -> new ToolChoice(Kind.AUTO, null);
        case "required" -> new ToolChoice(Kind.REQUIRED, null);
        default -> throw wrong();
      };
    }
    if (wire instanceof JsonObject object
        && object.get("type") instanceof JsonString type
        && type.getString().equals("function")
        && object.get("function") instanceof JsonObject function
        && function.get("name") instanceof JsonString name) {
      return new ToolChoice(Kind.REQUIRED, name.getString());
    }
    throw wrong();
  }

  private static RequestFault wrong() {
    return RequestFault.invalid(
        FIELD,
        "tool_choice must be \"none\", \"auto\", \"required\" or {\"type\": \"function\","
            + " \"function\": {\"name\": ...}}.");
  }
}
