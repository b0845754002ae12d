package dev.kvasir.engine.weights.gguf;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

/** Pieces of a tokenizer.json (docs of Hugging Face's tokenizers, "Components"). */
final class TokenizerParts {
  private TokenizerParts() {}

  /**
   * An object with a type.
   *
   * @param fields keys and values in turn; values are texts, numbers, truth values, or JSON
   */
  static JsonObject typed(String type, Object... fields) {
    JsonObject object = new JsonObject();
    object.addProperty("type", type);
    for (int i = 0; i < fields.length; i += 2) {
      object.add((String) fields[i], json(fields[i + 1]));
    }
    return object;
  }

  static JsonObject sequence(String key, JsonElement... parts) {
    return typed("Sequence", key, array(parts));
  }

  static JsonArray array(JsonElement... elements) {
    JsonArray array = new JsonArray();
    for (JsonElement element : elements) {
      array.add(element);
    }
    return array;
  }

  static JsonObject pattern(String kind, String text) {
    JsonObject pattern = new JsonObject();
    pattern.addProperty(kind, text);
    return pattern;
  }

  /** Puts one token before a text, and one behind it, where they are not empty. */
  static JsonObject aroundText(GgufVocabulary vocabulary, String before, String behind) {
    JsonArray single = new JsonArray();
    JsonObject meanings = new JsonObject();
    addSpecial(single, meanings, vocabulary, before);
    single.add(place("Sequence", "A", 0));
    addSpecial(single, meanings, vocabulary, behind);
    JsonArray pair = single.deepCopy();
    pair.add(place("Sequence", "B", 1)); // never used, but tokenizers wants it
    return typed("TemplateProcessing", "single", single, "pair", pair, "special_tokens", meanings);
  }

  private static void addSpecial(
      JsonArray template, JsonObject meanings, GgufVocabulary vocabulary, String token) {
    Integer id = vocabulary.ids().get(token);
    if (id == null) {
      return;
    }
    template.add(place("SpecialToken", token, 0));
    JsonObject meaning = new JsonObject();
    meaning.addProperty("id", token);
    meaning.add("ids", array(new JsonPrimitive(id)));
    meaning.add("tokens", array(new JsonPrimitive(token)));
    meanings.add(token, meaning);
  }

  private static JsonObject place(String kind, String id, int typeId) {
    JsonObject inner = new JsonObject();
    inner.addProperty("id", id);
    inner.addProperty("type_id", typeId);
    JsonObject place = new JsonObject();
    place.add(kind, inner);
    return place;
  }

  private static JsonElement json(Object value) {
    if (value instanceof JsonElement element) {
      return element;
    }
    if (value instanceof Boolean flag) {
      return new JsonPrimitive(flag);
    }
    return value instanceof Number number
        ? new JsonPrimitive(number)
        : new JsonPrimitive((String) value);
  }
}
