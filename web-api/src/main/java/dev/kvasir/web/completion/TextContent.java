package dev.kvasir.web.completion;

import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.json.WireTypes;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Fields that are a text or an array. */
public final class TextContent {
  private TextContent() {}

  /**
   * The content of a message: a text, or text parts joined by line ends.
   *
   * @throws RequestFault if it is anything else
   */
  static String ofMessage(@Nullable JsonValue content, String path) {
    return ofParts(content, path, List.of("text"));
  }

  /**
   * Likewise of a response's input.
   *
   * @throws RequestFault if it is anything else
   */
  static String ofInput(@Nullable JsonValue content, String path) {
    return ofParts(content, path, List.of("input_text", "output_text"));
  }

  private static String ofParts(@Nullable JsonValue content, String path, List<String> partTypes) {
    if (content instanceof JsonString text) {
      return wellFormed(text.getString(), path);
    }
    if (content instanceof JsonArray parts) {
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < parts.size(); i++) {
        texts.add(ofPart(parts.get(i), "%s[%d]".formatted(path, i), partTypes));
      }
      return String.join("\n", texts);
    }
    String wanted = "a string or an array of parts of type " + quoted(partTypes);
    if (content == null) {
      throw RequestFault.missing(path, "%s is missing; send %s.".formatted(path, wanted));
    }
    throw wrongType(path, wanted, content);
  }

  /**
   * The prompt of a plain completion: a text, or an array of one.
   *
   * @throws RequestFault if it is anything else
   */
  static String ofPrompt(@Nullable JsonValue prompt) {
    if (prompt == null || prompt == JsonValue.NULL) {
      throw RequestFault.missing("prompt", "prompt is missing; send a string.");
    }
    if (prompt instanceof JsonString text) {
      return wellFormed(text.getString(), "prompt");
    }
    if (prompt instanceof JsonArray array
        && array.size() == 1
        && array.get(0) instanceof JsonString text) {
      return wellFormed(text.getString(), "prompt[0]");
    }
    if (prompt instanceof JsonArray) {
      throw RequestFault.unsupported(
          "prompt",
          "prompt is an array, but must be a string or an array of one string: this server takes"
              + " neither token ids nor several prompts in one request. Send one request a"
              + " prompt.");
    }
    throw wrongType("prompt", "a string or an array of one string", prompt);
  }

  /**
   * Texts that end the answer: none, a text, or an array.
   *
   * @throws RequestFault if it is anything else
   */
  static List<String> ofStop(@Nullable JsonValue stop) {
    if (stop == null || stop == JsonValue.NULL) {
      return List.of();
    }
    if (stop instanceof JsonString text) {
      return List.of(wellFormed(text.getString(), "stop"));
    }
    if (stop instanceof JsonArray array
        && array.stream().allMatch(element -> element instanceof JsonString)) {
      return array.getValuesAs(JsonString.class).stream()
          .map(text -> wellFormed(text.getString(), "stop"))
          .toList();
    }
    throw wrongType("stop", "a string or an array of strings", stop);
  }

  private static RequestFault wrongType(String path, String wanted, JsonValue value) {
    return RequestFault.wrongType(
        path, "%s must be %s, but is %s.".formatted(path, wanted, WireTypes.nameOf(value)));
  }

  private static String quoted(List<String> types) {
    return types.stream().map("\"%s\""::formatted).collect(Collectors.joining(" or "));
  }

  private static String ofPart(JsonValue part, String path, List<String> types) {
    if (!(part instanceof JsonObject object)) {
      throw RequestFault.wrongType(path, "%s must be an object.".formatted(path));
    }
    if (!types.contains(object.getString("type", ""))) {
      throw RequestFault.unsupported(
          path + ".type",
          "%s.type is not supported here; send parts of type %s.".formatted(path, quoted(types)));
    }
    if (object.get("text") instanceof JsonString text) {
      return wellFormed(text.getString(), path);
    }
    throw RequestFault.wrongType(path + ".text", "%s.text must be a string.".formatted(path));
  }

  /**
   * The text, if it is one: a half of a surrogate pair is no character, and no tokenizer could give
   * it back.
   *
   * @throws RequestFault if it has one
   */
  public static String wellFormed(String text, String path) {
    boolean broken =
        text.codePoints()
            .anyMatch(
                point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    if (broken) {
      throw RequestFault.invalid(path, "%s has half of a surrogate pair.".formatted(path));
    }
    return text;
  }
}
