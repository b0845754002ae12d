package dev.kvasir.web.tool;

import dev.kvasir.inference.ToolCall;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.openai.ToolCallBody;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The calls of a message that a client sends back. */
public final class ToolCalls {
  private ToolCalls() {}

  /**
   * Checks and translates.
   *
   * @throws RequestFault naming the first field that is not as it must be
   */
  public static List<ToolCall> of(@Nullable List<ToolCallBody> wire, String path) {
    List<ToolCall> calls = new ArrayList<>();
    for (ToolCallBody call : wire == null ? List.<ToolCallBody>of() : wire) {
      String place = "%s[%d]".formatted(path, calls.size());
      ToolCallBody.Function function = call.function();
      if (call.type() != null && !call.type().equals("function")) {
        throw RequestFault.unsupported(
            place + ".type", "%s.type must be \"function\".".formatted(place));
      }
      calls.add(
          new ToolCall(
              given(call.id(), place + ".id"),
              given(function == null ? null : function.name(), place + ".function.name"),
              arguments(function == null ? null : function.arguments(), place)));
    }
    return calls;
  }

  private static String given(@Nullable String value, String path) {
    if (value == null) {
      throw RequestFault.missing(path, "%s is missing; send a string.".formatted(path));
    }
    return value;
  }

  private static String arguments(@Nullable String json, String place) {
    String path = place + ".function.arguments";
    JsonValue value = parsed(given(json, path));
    if (!(value instanceof JsonObject object)) {
      throw RequestFault.invalid(path, "%s must be a JSON object, as text.".formatted(path));
    }
    return object.toString();
  }

  private static @Nullable JsonValue parsed(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      return reader.readValue();
    } catch (RuntimeException noJson) { // or beyond the parser's own bounds
      return null;
    }
  }
}
