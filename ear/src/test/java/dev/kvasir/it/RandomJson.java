package dev.kvasir.it;

import io.swagger.v3.oas.models.media.Schema;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** JSON that mostly has the types of a schema, and values that have broken servers before. */
final class RandomJson {
  private static final int MAX_DEPTH = 4;
  private static final List<String> TEXTS =
      List.of(
          "default",
          "tiny",
          "user",
          "assistant",
          "tool",
          "Hello",
          "",
          " ",
          "a\0b",
          "\ud83d\ude00",
          "\ud800",
          "null",
          "-1",
          "1e999",
          "auto",
          "required",
          "none",
          "function",
          "json_object",
          "json_schema",
          "text",
          "off",
          "high",
          "float",
          "base64",
          "lru",
          "../../etc/passwd",
          "{{ 7 * 7 }}",
          "<|im_end|>",
          "[1]",
          "{\"a\": 1}",
          "x".repeat(3_000));
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "2",
          "3",
          "-1",
          "0.5",
          "1.5",
          "2147483648",
          "9223372036854775808",
          "-0.0",
          "1e-400",
          "1E400",
          "128",
          "99999999999999999999999");

  private final Random random;

  RandomJson(Random random) {
    this.random = random;
  }

  /** A text, among them such as mean something somewhere. */
  String text() {
    return pick(TEXTS);
  }

  /** A value for a schema; one in ten is of another kind. */
  JsonValue of(@Nullable Schema<?> schema) {
    return of(schema, 0);
  }

  private JsonValue of(@Nullable Schema<?> schema, int depth) {
    if (schema == null || schema.getType() == null || random.nextInt(10) == 0) {
      return any(depth);
    }
    return switch (schema.getType()) {
      case "string" -> Json.createValue(text());
      case "integer", "number" -> number();
      case "boolean" -> random.nextBoolean() ? JsonValue.TRUE : JsonValue.FALSE;
      case "array" -> array(schema.getItems(), depth);
      case "object" -> object(schema, depth);
      default -> any(depth);
    };
  }

  private JsonValue any(int depth) {
    return switch (random.nextInt(depth < MAX_DEPTH ? 7 : 5)) {
      case 0 -> JsonValue.NULL;
      case 1 -> JsonValue.TRUE;
      case 2 -> number();
      case 3, 4 -> Json.createValue(text());
      case 5 -> array(null, depth);
      default -> Json.createObjectBuilder().add("type", text()).add("a", any(depth + 1)).build();
    };
  }

  private JsonValue number() {
    return Json.createValue(new BigDecimal(pick(NUMBERS)));
  }

  private JsonValue array(@Nullable Schema<?> items, int depth) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    for (int left = random.nextInt(3); left > 0; left--) {
      array.add(of(items, depth + 1));
    }
    return array.build();
  }

  private JsonObject object(Schema<?> schema, int depth) {
    JsonObjectBuilder object = Json.createObjectBuilder();
    Map<String, ?> properties = schema.getProperties();
    if (properties != null) {
      int share = 1 + random.nextInt(4);
      properties.forEach(
          (name, property) -> {
            if (random.nextInt(4) < share) {
              object.add(name, of((Schema<?>) property, depth + 1));
            }
          });
    }
    return object.build();
  }

  private <T> T pick(List<T> among) {
    return among.get(random.nextInt(among.size()));
  }
}
