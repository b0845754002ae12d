package dev.kvasir.engine.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.kvasir.inference.ChatMessage;
import dev.kvasir.inference.TokenIds;
import java.util.List;
import java.util.stream.StreamSupport;

/** The text side of a golden file: what transformers makes of texts and conversations. */
record TestingGoldens(List<Tokenized> tokenized, List<Chat> chats) {
  record Tokenized(String text, TokenIds ids, String decoded) {}

  record Chat(List<ChatMessage> messages, String prompt, TokenIds ids) {}

  static TestingGoldens parse(String json) {
    JsonObject file = JsonParser.parseString(json).getAsJsonObject();
    return new TestingGoldens(
        objects(file.getAsJsonArray("tokenize")).stream()
            .map(t -> new Tokenized(text(t, "text"), ids(t), text(t, "decoded")))
            .toList(),
        objects(file.getAsJsonArray("chat")).stream()
            .map(c -> new Chat(messages(c), text(c, "prompt"), ids(c)))
            .toList());
  }

  private static List<ChatMessage> messages(JsonObject chat) {
    return objects(chat.getAsJsonArray("messages")).stream()
        .map(message -> new ChatMessage(text(message, "role"), text(message, "content")))
        .toList();
  }

  private static TokenIds ids(JsonObject object) {
    JsonArray ids = object.getAsJsonArray("ids");
    return TokenIds.of(
        StreamSupport.stream(ids.spliterator(), false).mapToInt(JsonElement::getAsInt).toArray());
  }

  private static String text(JsonObject object, String key) {
    return object.get(key).getAsString();
  }

  private static List<JsonObject> objects(JsonArray array) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .toList();
  }
}
