package dev.kvasir.web.embedding;

import dev.kvasir.inference.TextEmbedder;
import dev.kvasir.web.completion.TextContent;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.json.WireTypes;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The texts of a request for vectors. */
final class InputTexts {
  /** As with OpenAI. */
  static final int MAX_TEXTS = 2_048;

  /** Of all texts together: some 30,000 tokens, which take a processor some seconds. */
  static final int MAX_CHARACTERS = 131_072;

  private static final String WANTED = "a string or an array of strings";

  private InputTexts() {}

  /**
   * Reads and checks the input.
   *
   * @param model that is to read it
   * @throws RequestFault naming what is wrong with it
   */
  static List<String> of(@Nullable JsonValue input, TextEmbedder model) {
    List<String> texts = texts(input);
    for (int i = 0; i < texts.size(); i++) {
      int tokens = model.countTokens(texts.get(i));
      if (tokens > model.maxTokens()) {
        String path = input instanceof JsonArray ? "input[%d]".formatted(i) : "input";
        throw RequestFault.tooLong(
            path,
            "%s has %,d tokens, but %s reads at most %,d; split it."
                .formatted(path, tokens, model.id(), model.maxTokens()));
      }
    }
    return texts;
  }

  private static List<String> texts(@Nullable JsonValue input) {
    if (input == null || input == JsonValue.NULL) {
      throw RequestFault.missing("input", "input is missing; send %s.".formatted(WANTED));
    }
    List<String> texts =
        input instanceof JsonArray array ? ofArray(array) : List.of(text(input, "input"));
    int characters = texts.stream().mapToInt(String::length).sum();
    if (characters > MAX_CHARACTERS) {
      throw RequestFault.tooLong(
          "input",
          "input has %,d characters, but at most %,d are embedded in one request; send several."
              .formatted(characters, MAX_CHARACTERS));
    }
    return texts;
  }

  private static List<String> ofArray(JsonArray array) {
    if (array.isEmpty() || array.size() > MAX_TEXTS) {
      throw RequestFault.invalid(
          "input",
          "input has %,d elements, but must have 1 to %,d; send several requests."
              .formatted(array.size(), MAX_TEXTS));
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      texts.add(text(array.get(i), "input[%d]".formatted(i)));
    }
    return texts;
  }

  private static String text(JsonValue value, String path) {
    if (value instanceof JsonString string) {
      String text = TextContent.wellFormed(string.getString(), path);
      if (text.isBlank()) {
        throw RequestFault.invalid(path, "%s is blank, but must have text.".formatted(path));
      }
      return text;
    }
    if (value.getValueType() == JsonValue.ValueType.NUMBER || value instanceof JsonArray) {
      throw RequestFault.unsupported(
          path,
          "%s is of token ids, which are those of another model's tokenizer; send %s."
              .formatted(path, WANTED));
    }
    throw RequestFault.wrongType(
        path, "%s must be a string, but is %s.".formatted(path, WireTypes.nameOf(value)));
  }
}
