package dev.kvasir.web.completion;

import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.json.WireNames;
import dev.kvasir.web.openai.KvasirOptions;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Fields that Kvasir does not act on. Those of OpenAI's that would change the answer are allowed
 * only with the value that changes nothing; in our own object only known ones are.
 */
final class UnsupportedFields {
  private static final JsonValue TEXT = Json.createValue("text");

  /** What a field may be beside absent and null. */
  private record Rule(String field, Predicate<JsonValue> allowed, String allowedText) {}

  private static final List<Rule> REQUEST =
      List.of(
          new Rule("best_of", UnsupportedFields::isOne, "1"),
          new Rule("repetition_penalty", UnsupportedFields::isOne, "1"),
          new Rule("min_tokens", UnsupportedFields::isZero, "0"),
          new Rule("tools", UnsupportedFields::isEmpty, "[]"),
          new Rule("tool_choice", UnsupportedFields::isNoChoice, "\"none\" or \"auto\""),
          new Rule("functions", UnsupportedFields::isEmpty, "[]"),
          new Rule("function_call", UnsupportedFields::isNoChoice, "\"none\" or \"auto\""),
          new Rule("modalities", List.of(TEXT)::equals, "[\"text\"]"),
          new Rule("audio", UnsupportedFields::never, "null"),
          new Rule("web_search_options", UnsupportedFields::never, "null"),
          new Rule("echo", JsonValue.FALSE::equals, "false"),
          new Rule("suffix", Json.createValue("")::equals, "\"\""));

  private static final List<Rule> MESSAGE =
      List.of(
          new Rule("tool_calls", UnsupportedFields::isEmpty, "[]"),
          new Rule("function_call", UnsupportedFields::never, "null"),
          new Rule("audio", UnsupportedFields::never, "null"));

  private UnsupportedFields() {}

  /**
   * Checks a request of either kind.
   *
   * @throws RequestFault naming the first field that is not allowed
   */
  static void check(JsonObject request) {
    check(REQUEST, request, "");
    if (request.get("kvasir") instanceof JsonObject options) {
      checkKnown(options);
    }
    if (request.get("messages") instanceof List<?> messages) {
      for (int i = 0; i < messages.size(); i++) {
        if (messages.get(i) instanceof JsonObject message) {
          check(MESSAGE, message, "messages[%d].".formatted(i));
        }
      }
    }
  }

  /** Here, unlike in OpenAI's fields, all names are ours: another one is a slip. */
  private static void checkKnown(JsonObject options) {
    List<String> known =
        Stream.of(KvasirOptions.class.getRecordComponents()).map(WireNames::of).toList();
    for (String name : options.keySet()) {
      if (!known.contains(name)) {
        throw RequestFault.unsupported(
            "kvasir." + Quoted.of(name),
            "kvasir.%s is not known; kvasir takes only: %s. Mend the name or leave it out."
                .formatted(Quoted.of(name), String.join(", ", known)));
      }
    }
  }

  private static void check(List<Rule> rules, JsonObject object, String prefix) {
    for (Rule rule : rules) {
      JsonValue value = object.getOrDefault(rule.field, JsonValue.NULL);
      if (value.getValueType() != JsonValue.ValueType.NULL && !rule.allowed.test(value)) {
        throw RequestFault.unsupported(
            prefix + rule.field,
            "%s%s is not supported by this server; leave it out or send %s."
                .formatted(prefix, rule.field, rule.allowedText));
      }
    }
  }

  private static boolean isOne(JsonValue value) {
    return value instanceof JsonNumber number && number.doubleValue() == 1;
  }

  private static boolean isZero(JsonValue value) {
    return value instanceof JsonNumber number && number.doubleValue() == 0;
  }

  private static boolean isEmpty(JsonValue value) {
    return (value instanceof List<?> array && array.isEmpty())
        || (value instanceof Map<?, ?> object && object.isEmpty());
  }

  private static boolean isNoChoice(JsonValue value) {
    return value instanceof JsonString choice
        && (choice.getString().equals("none") || choice.getString().equals("auto"));
  }

  private static boolean never(JsonValue value) {
    return false;
  }
}
