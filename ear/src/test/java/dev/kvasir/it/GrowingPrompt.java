package dev.kvasir.it;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A prompt that grows from turn to turn: a chat, or a text that is written on. */
final class GrowingPrompt {
  private static final int ANSWER_TOKENS = 8;

  private final boolean chat;
  private final long samplingSeed;
  private final boolean greedy;
  private final List<String> parts = new ArrayList<>(); // ours and the model's in turn

  /** An empty one of a random kind. */
  GrowingPrompt(Random random) {
    chat = random.nextBoolean();
    greedy = random.nextBoolean();
    samplingSeed = random.nextInt(1_000_000);
  }

  /** What is asked next. */
  void ask(String words) {
    parts.add(words);
  }

  /** What was answered. */
  void hear(JsonObject answer) {
    parts.add(text(answer));
  }

  /** Where it is sent to. */
  String path() {
    return chat ? "/v1/chat/completions" : "/v1/completions";
  }

  /** What is sent. */
  String body(boolean cache) {
    JsonObjectBuilder body =
        Json.createObjectBuilder()
            .add("model", "default")
            .add("max_tokens", ANSWER_TOKENS)
            .add("temperature", greedy ? 0.0 : 0.8)
            .add("seed", samplingSeed)
            .add("kvasir", Json.createObjectBuilder().add("cache", cache ? "on" : "off"));
    if (chat) {
      body.add("messages", messages());
    } else {
      body.add("prompt", String.join("", parts));
    }
    return body.build().toString();
  }

  /** An answer's text. */
  String text(JsonObject answer) {
    return chat
        ? KvasirClient.text(answer)
        : answer.getJsonArray("choices").getJsonObject(0).getString("text");
  }

  private JsonArrayBuilder messages() {
    JsonArrayBuilder messages = Json.createArrayBuilder();
    for (int i = 0; i < parts.size(); i++) {
      messages.add(
          Json.createObjectBuilder()
              .add("role", i % 2 == 0 ? "user" : "assistant")
              .add("content", parts.get(i)));
    }
    return messages;
  }

  @Override
  public String toString() {
    return "%s, %s, turn %d"
        .formatted(
            chat ? "chat" : "text",
            greedy ? "greedy" : "sampled with " + samplingSeed,
            parts.size() / 2 + 1);
  }
}
