package dev.kvasir.web.json;

import dev.kvasir.web.fault.RequestFault;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Whether a JSON object has the types of a wire record's components. */
public final class WireTypes {
  /*
   * JSON-B is lenient where OpenAI is not: it reads 1.5 as the integer 1, 99999999999 as
   * 1215752191, "0.5" as a number and "yes" as false. So types are checked before it binds. A field
   * that is null counts as absent; a field that the record does not have is not looked at.
   */
  private static final BigDecimal MIN_INT = BigDecimal.valueOf(Integer.MIN_VALUE);
  private static final BigDecimal MAX_INT = BigDecimal.valueOf(Integer.MAX_VALUE);
  private static final BigDecimal MIN_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MAX_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

  private WireTypes() {}

  /**
   * Compares all components, nested ones too.
   *
   * @throws RequestFault naming the first that differs, by its path
   */
  static void check(JsonObject tree, Class<? extends Record> type) {
    check(tree, type, "");
  }

  /** A value's kind as a message names it. */
  public static String nameOf(JsonValue value) {
    return switch (value.getValueType()) {
      case ARRAY -> "an array";
      case OBJECT -> "an object";
      case STRING -> "a string";
      case NUMBER -> "the number " + abbreviated(value);
      case TRUE, FALSE -> "a boolean";
      case NULL -> "null";
    };
  }

  private static void check(JsonObject tree, Class<?> type, String prefix) {
    for (RecordComponent component : type.getRecordComponents()) {
      String name = WireNames.of(component);
      JsonValue value = tree.getOrDefault(name, JsonValue.NULL);
      if (value.getValueType() != JsonValue.ValueType.NULL) {
        checkValue(value, component.getGenericType(), prefix + name);
      }
    }
  }

  private static void checkValue(JsonValue value, Type type, String path) {
    if (type == String.class) {
      require(value instanceof JsonString, value, path, "a string");
    } else if (type == Boolean.class) {
      require(value == JsonValue.TRUE || value == JsonValue.FALSE, value, path, "a boolean");
    } else if (type == Double.class) {
      require(value instanceof JsonNumber, value, path, "a number");
    } else if (type == Integer.class) {
      require(isInteger(value, MIN_INT, MAX_INT), value, path, "an integer of 32 bits");
    } else if (type == Long.class) {
      require(isInteger(value, MIN_LONG, MAX_LONG), value, path, "an integer of 64 bits");
    } else if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      checkArray(value, list.getActualTypeArguments()[0], path);
    } else if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
      checkMap(value, map.getActualTypeArguments()[1], path);
    } else if (type instanceof Class<?> nested && nested.isRecord()) {
      require(value instanceof JsonObject, value, path, "an object");
      check(value.asJsonObject(), nested, path + ".");
    } else {
      assert type == JsonValue.class : "no wire type: " + type;
    }
  }

  private static void checkArray(JsonValue value, Type elementType, String path) {
    require(value instanceof JsonArray, value, path, "an array");
    JsonArray array = value.asJsonArray();
    for (int i = 0; i < array.size(); i++) {
      checkValue(array.get(i), elementType, "%s[%d]".formatted(path, i));
    }
  }

  private static void checkMap(JsonValue value, Type elementType, String path) {
    require(value instanceof JsonObject, value, path, "an object");
    value.asJsonObject().forEach((key, element) -> checkValue(element, elementType, path));
  }

  private static boolean isInteger(JsonValue value, BigDecimal min, BigDecimal max) {
    if (!(value instanceof JsonNumber number)) {
      return false;
    }
    BigDecimal exact = number.bigDecimalValue();
    return exact.compareTo(min) >= 0
        && exact.compareTo(max) <= 0
        && (exact.scale() <= 0 || exact.stripTrailingZeros().scale() <= 0);
  }

  private static void require(boolean holds, JsonValue value, String path, String expected) {
    if (!holds) {
      throw RequestFault.wrongType(
          path, "%s must be %s, but is %s.".formatted(path, expected, nameOf(value)));
    }
  }

  private static String abbreviated(JsonValue number) {
    String digits = number.toString();
    return digits.length() <= 32 ? digits : digits.substring(0, 32) + "...";
  }
}
