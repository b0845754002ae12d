package dev.kvasir.web.completion;

import dev.kvasir.web.fault.RequestFault;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a field that Kvasir does not act on may be, beside absent and null: the value that changes
 * nothing.
 */
record FieldRule(String field, Predicate<JsonValue> allowed, String allowedText) {
  /**
   * Checks the field of an object.
   *
   * @param prefix of its path
   * @throws RequestFault if it has another value
   */
  void check(JsonObject object, String prefix) {
    JsonValue value = object.getOrDefault(field, JsonValue.NULL);
    if (value.getValueType() != JsonValue.ValueType.NULL && !allowed.test(value)) {
      throw RequestFault.unsupported(
          prefix + field,
          "%s%s is not supported here; leave it out or send %s."
              .formatted(prefix, field, allowedText));
    }
  }

  static FieldRule number(String field, int number) {
    return new FieldRule(
        field,
        value -> value instanceof JsonNumber given && given.doubleValue() == number,
        Integer.toString(number));
  }

  static FieldRule exactly(String field, JsonValue value) {
    return new FieldRule(field, value::equals, value.toString());
  }

  static FieldRule emptyArray(String field) {
    return new FieldRule(field, FieldRule::isEmpty, "[]");
  }

  /** For tools where the model's template shows none. */
  static FieldRule noTools() {
    return new FieldRule(
        "tools",
        FieldRule::isEmpty,
        "[]: the chat template of this model shows it no tools, so take a model whose template does");
  }

  static FieldRule emptyObject(String field) {
    return new FieldRule(field, FieldRule::isEmpty, "{}");
  }

  /** For a choice among tools where there are none. */
  static FieldRule noChoice(String field) {
    return new FieldRule(
        field,
        value ->
            value instanceof JsonString choice
                && (choice.getString().equals("none") || choice.getString().equals("auto")),
        "\"none\" or \"auto\"");
  }

  static FieldRule never(String field) {
    return never(field, "null");
  }

  /** Likewise, where more than null is to be said. */
  static FieldRule never(String field, String allowedText) {
    return new FieldRule(field, value -> false, allowedText);
  }

  private static boolean isEmpty(JsonValue value) {
    return (value instanceof List<?> array && array.isEmpty())
        || (value instanceof Map<?, ?> object && object.isEmpty());
  }
}
