package dev.kvasir.bench.soak;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.kvasir.bench.serve.Words;
import java.util.ArrayList;
import java.util.List;

/**
 * A request whose answer is always the same.
 *
 * @param path where it is sent to
 * @param body a JSON object, without what it says of cache and stream
 */
record Question(String path, JsonObject body) {
  private static final String CHAT = "/v1/chat/completions";
  private static final int ANSWER_TOKENS = 12;
  private static final int DOCUMENT_WORDS = 300;
  private static final int QUESTION_WORDS = 15;
  private static final int ANSWERED_WORDS = 30;

  /** Questions about so many documents, each about its own end of a shared beginning. */
  static List<Question> aboutDocuments(Words words, int documents, int questionsOfEach) {
    List<Question> questions = new ArrayList<>();
    for (int document = 0; document < documents; document++) {
      String text = words.text("document " + document, DOCUMENT_WORDS);
      for (int i = 0; i < questionsOfEach; i++) {
        JsonArray messages = new JsonArray();
        messages.add(message("system", text));
        messages.add(message("user", words.text(document + " about " + i, QUESTION_WORDS)));
        questions.add(chat(messages));
      }
    }
    return questions;
  }

  /** The turns of so many conversations, each with all that was said before. */
  static List<Question> ofConversations(Words words, int conversations, int turns) {
    List<Question> questions = new ArrayList<>();
    for (int conversation = 0; conversation < conversations; conversation++) {
      JsonArray messages = new JsonArray();
      for (int turn = 0; turn < turns; turn++) {
        String name = conversation + " turn " + turn;
        messages.add(message("user", words.text("asked " + name, 4 * QUESTION_WORDS)));
        questions.add(chat(messages.deepCopy()));
        messages.add(message("assistant", words.text("said " + name, ANSWERED_WORDS)));
      }
    }
    return questions;
  }

  /** Texts that are written on, not by the likeliest word, but by a seed. */
  static List<Question> sampled(Words words, int texts) {
    List<Question> questions = new ArrayList<>();
    for (int text = 0; text < texts; text++) {
      JsonObject body = new JsonObject();
      body.addProperty("prompt", words.text("text " + text, DOCUMENT_WORDS / 2));
      body.addProperty("temperature", 0.8);
      body.addProperty("seed", text);
      body.addProperty("logprobs", 1);
      questions.add(new Question("/v1/completions", common(body)));
    }
    return questions;
  }

  private static Question chat(JsonArray messages) {
    JsonObject body = new JsonObject();
    body.add("messages", messages);
    body.addProperty("temperature", 0);
    body.addProperty("logprobs", true);
    return new Question(CHAT, common(body));
  }

  private static JsonObject common(JsonObject body) {
    body.addProperty("model", "default");
    body.addProperty("max_tokens", ANSWER_TOKENS);
    return body;
  }

  private static JsonObject message(String role, String content) {
    JsonObject message = new JsonObject();
    message.addProperty("role", role);
    message.addProperty("content", content);
    return message;
  }

  /** Whether it can be streamed and read as a chat. */
  boolean isChat() {
    return path.equals(CHAT);
  }

  /** What is sent for a whole answer. */
  String whole(boolean cache) {
    JsonObject asked = body.deepCopy();
    JsonObject kvasir = new JsonObject();
    kvasir.addProperty("cache", cache ? "on" : "off");
    asked.add("kvasir", kvasir);
    return asked.toString();
  }

  /** What is sent for an answer as a stream. */
  String streamed() {
    JsonObject asked = body.deepCopy();
    asked.addProperty("stream", true);
    JsonObject options = new JsonObject();
    options.addProperty("include_usage", true);
    asked.add("stream_options", options);
    return asked.toString();
  }

  /**
   * What must be equal with the cache and without, of a whole answer: texts, reasons of the end,
   * and the probability of each token to its last digit.
   */
  static String choices(String answer) {
    return JsonParser.parseString(answer).getAsJsonObject().get("choices").toString();
  }
}
