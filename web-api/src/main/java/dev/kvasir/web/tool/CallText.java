package dev.kvasir.web.tool;

import dev.kvasir.web.openai.ToolCallBody;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Calls as models write them. */
final class CallText {
  private static final String END_MARK = "</tool_call>";

  private CallText() {}

  /**
   * The calls of a whole answer.
   *
   * @param names of the functions that may be called
   * @return none if the answer is no call, or anything about one is not as it must be
   */
  static List<ToolCallBody> calls(String answer, Set<String> names) {
    List<ToolCallBody> calls = new ArrayList<>();
    for (String json : parts(answer)) {
      List<JsonValue> values = values(json);
      if (values.isEmpty()) {
        return List.of();
      }
      for (JsonValue value : values) {
        if (!(value instanceof JsonObject call) || !isCall(call, names)) {
          return List.of();
        }
        calls.add(body(call));
      }
    }
    return List.copyOf(calls);
  }

  /** What stands behind each mark; all of it where there is none. */
  private static List<String> parts(String answer) {
    int mark = answer.indexOf(CallReader.MARK);
    if (mark < 0) {
      return List.of(answer);
    }
    List<String> parts = new ArrayList<>();
    for (String part :
        answer.substring(mark + CallReader.MARK.length()).split(CallReader.MARK, -1)) {
      int end = part.indexOf(END_MARK);
      parts.add(end < 0 ? part : part.substring(0, end));
    }
    return List.copyOf(parts);
  }

  /** One value, or those of an array; none if it is no JSON. */
  private static List<JsonValue> values(String json) {
    if (json.isBlank()) {
      return List.of();
    }
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      JsonValue value = reader.readValue();
      return value instanceof JsonArray array ? array : List.of(value);
    } catch (RuntimeException noJson) { // or beyond the parser's own bounds
      return List.of();
    }
  }

  private static boolean isCall(JsonObject call, Set<String> names) {
    return call.get("name") instanceof JsonString name
        && names.contains(name.getString())
        && arguments(call) instanceof JsonObject;
  }

  /** Llama's templates call them parameters. */
  private static JsonValue arguments(JsonObject call) {
    return call.getOrDefault("arguments", call.getOrDefault("parameters", JsonValue.NULL));
  }

  private static ToolCallBody body(JsonObject call) {
    return new ToolCallBody(
        null,
        "call_" + UUID.randomUUID().toString().replace("-", ""),
        "function",
        new ToolCallBody.Function(call.getString("name"), arguments(call).toString()));
  }
}
