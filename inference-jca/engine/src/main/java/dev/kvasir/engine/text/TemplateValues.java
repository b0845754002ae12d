package dev.kvasir.engine.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.kvasir.inference.ChatMessage;
import dev.kvasir.inference.ToolCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages and tools as chat templates see them: dictionaries, lists, texts, numbers. */
final class TemplateValues {
  private TemplateValues() {}

  /** A message; {@code tool_calls} and {@code tool_call_id} are there only if it has them. */
  static Map<String, Object> of(ChatMessage message) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("role", message.role());
    fields.put("content", message.content());
    if (!message.toolCalls().isEmpty()) {
      fields.put("tool_calls", message.toolCalls().stream().map(TemplateValues::of).toList());
    }
    String callId = message.toolCallId();
    if (callId != null) {
      fields.put("tool_call_id", callId);
    }
    return fields;
  }

  /** As transformers' templates expect it: with arguments as a dictionary, not as text. */
  private static Map<String, @Nullable Object> of(ToolCall call) {
    Map<String, @Nullable Object> function = new LinkedHashMap<>();
    function.put("name", call.name());
    function.put("arguments", ofJson(call.arguments()));
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("id", call.id());
    fields.put("type", "function");
    fields.put("function", function);
    return fields;
  }

  /**
   * Any JSON, its objects in their order.
   *
   * @throws IllegalArgumentException if it is none
   */
  static @Nullable Object ofJson(String json) {
    try {
      return of(JsonParser.parseString(json));
    } catch (JsonParseException e) {
      throw new IllegalArgumentException("tools and their arguments must be JSON", e);
    }
  }

  private static @Nullable Object of(JsonElement element) {
    if (element instanceof JsonObject object) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      object.entrySet().forEach(entry -> fields.put(entry.getKey(), of(entry.getValue())));
      return fields;
    }
    if (element instanceof JsonArray array) {
      List<@Nullable Object> elements = new ArrayList<>();
      array.forEach(value -> elements.add(of(value)));
      return elements;
    }
    if (element instanceof JsonPrimitive primitive) {
      return primitive.isString()
          ? primitive.getAsString()
          : primitive.isBoolean() ? (Object) primitive.getAsBoolean() : primitive.getAsNumber();
    }
    return null;
  }
}
