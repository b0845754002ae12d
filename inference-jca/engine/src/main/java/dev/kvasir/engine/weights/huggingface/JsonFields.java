package dev.kvasir.engine.weights.huggingface;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.kvasir.engine.weights.ModelLoadException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A JSON object of a model's file; its errors name the file, the key, and what stands there. */
final class JsonFields {
  private final String source;
  private final JsonObject object;

  private JsonFields(String source, JsonObject object) {
    this.source = source;
    this.object = object;
  }

  static JsonFields read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new ModelLoadException(file + " cannot be read: " + e, e);
    }
  }

  static JsonFields parse(String source, String json) {
    try {
      JsonElement element = JsonParser.parseString(json);
      if (!element.isJsonObject()) {
        throw new ModelLoadException(source + " is not a JSON object");
      }
      return new JsonFields(source, element.getAsJsonObject());
    } catch (JsonParseException e) {
      throw new ModelLoadException(source + " is not JSON: " + firstLine(e), e);
    }
  }

  String source() {
    return source;
  }

  JsonObject object() {
    return object;
  }

  /** Null if the key is missing or its value is null. */
  @Nullable JsonElement get(String key) {
    JsonElement value = object.get(key);
    return value == null || value.isJsonNull() ? null : value;
  }

  boolean has(String key) {
    return get(key) != null;
  }

  int integer(String key) {
    return integer(key, require(key));
  }

  int integer(String key, int absent) {
    JsonElement value = get(key);
    return value == null ? absent : integer(key, value);
  }

  double number(String key) {
    return number(key, require(key));
  }

  double number(String key, double absent) {
    JsonElement value = get(key);
    return value == null ? absent : number(key, value);
  }

  boolean flag(String key, boolean absent) {
    JsonElement value = get(key);
    if (value == null) {
      return absent;
    }
    if (value instanceof JsonPrimitive primitive && primitive.isBoolean()) {
      return primitive.getAsBoolean();
    }
    throw wrong(key, value, "true or false");
  }

  Optional<String> text(String key) {
    JsonElement value = get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof JsonPrimitive primitive && primitive.isString()) {
      return Optional.of(primitive.getAsString());
    }
    throw wrong(key, value, "a text");
  }

  Optional<JsonFields> fields(String key) {
    JsonElement value = get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isJsonObject()) {
      throw wrong(key, value, "an object");
    }
    return Optional.of(new JsonFields(source + ", " + key, value.getAsJsonObject()));
  }

  ModelLoadException wrong(String key, JsonElement value, String needed) {
    String found = value.toString();
    String shown = found.length() > 60 ? found.substring(0, 60) + "..." : found;
    return new ModelLoadException(
        "%s: %s is %s, but must be %s".formatted(source, key, shown, needed));
  }

  private JsonElement require(String key) {
    JsonElement value = get(key);
    if (value == null) {
      throw new ModelLoadException(source + ": " + key + " is missing");
    }
    return value;
  }

  /** The whole number that a value is; {@code key} is for the error only. */
  int integer(String key, JsonElement value) {
    try {
      if (value instanceof JsonPrimitive primitive && primitive.isNumber()) {
        return new BigDecimal(primitive.getAsString()).intValueExact();
      }
    } catch (ArithmeticException | NumberFormatException e) {
      throw wrong(key, value, "a whole number of at most 31 bits");
    }
    throw wrong(key, value, "a whole number");
  }

  private double number(String key, JsonElement value) {
    if (value instanceof JsonPrimitive primitive
        && primitive.isNumber()
        && Double.isFinite(primitive.getAsDouble())) {
      return primitive.getAsDouble();
    }
    throw wrong(key, value, "a number");
  }

  private static String firstLine(JsonParseException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
