package dev.kvasir.engine.weights.huggingface;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.kvasir.engine.weights.ModelLoadException;
import dev.kvasir.engine.weights.TextAssets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The text side of a Hugging Face folder: tokenizer.json, tokenizer_config.json, template. */
final class HuggingFaceText {
  private HuggingFaceText() {}

  static TextAssets read(Path folder) {
    Path tokenizer = folder.resolve("tokenizer.json");
    if (!Files.exists(tokenizer)) {
      throw new ModelLoadException(
          folder + " has no tokenizer.json (a tokenizer.model alone is not enough)");
    }
    Path configFile = folder.resolve("tokenizer_config.json");
    JsonFields config =
        Files.exists(configFile)
            ? JsonFields.read(configFile)
            : JsonFields.parse(configFile.toString(), "{}");
    String tokenizerJson = readText(tokenizer);
    if (JsonFields.parse(tokenizer.toString(), tokenizerJson).fields("model").isEmpty()) {
      throw new ModelLoadException(tokenizer + ": model is missing");
    }
    return new TextAssets(
        tokenizerJson,
        chatTemplate(folder, config),
        tokenText(config, "bos_token"),
        tokenText(config, "eos_token"));
  }

  /** A file of its own goes before what stands in tokenizer_config.json, as in transformers. */
  private static @Nullable String chatTemplate(Path folder, JsonFields config) {
    Path file = folder.resolve("chat_template.jinja");
    if (Files.exists(file)) {
      return readText(file);
    }
    JsonElement template = config.get("chat_template");
    if (template instanceof JsonArray named) {
      return defaultOf(config, named);
    }
    return config.text("chat_template").orElse(null);
  }

  private static @Nullable String defaultOf(JsonFields config, JsonArray named) {
    for (JsonElement element : named) {
      if (element instanceof JsonObject entry
          && new JsonPrimitive("default").equals(entry.get("name"))
          && entry.get("template") instanceof JsonPrimitive template) {
        return template.getAsString();
      }
    }
    throw config.wrong("chat_template", named, "a text, or a list that has a default");
  }

  /** A token is a text, or an object with the text as its content. */
  private static String tokenText(JsonFields config, String key) {
    if (config.get(key) instanceof JsonObject) {
      return config.fields(key).flatMap(token -> token.text("content")).orElse("");
    }
    return config.text(key).orElse("");
  }

  private static String readText(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new ModelLoadException(file + " cannot be read: " + e, e);
    }
  }
}
