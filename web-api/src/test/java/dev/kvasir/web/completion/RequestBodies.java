package dev.kvasir.web.completion;

import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.web.TestingCompletionService;
import dev.kvasir.web.json.JsonBody;
import dev.kvasir.web.openai.ChatCompletionRequest;
import dev.kvasir.web.openai.TextCompletionRequest;
import jakarta.json.Json;
import java.io.StringReader;

/** Requests as a client writes them, all the way through validation. */
final class RequestBodies {
  private RequestBodies() {}

  static JsonBody body(String json) {
    return new JsonBody(Json.createReader(new StringReader(json)).readObject());
  }

  /** A chat request that is in order, with more fields. */
  static String chatWith(String fields) {
    return """
        {"model": "tiny", "messages": [{"role": "user", "content": "Hi"}]%s}
        """
        .formatted(fields.isEmpty() ? "" : ", " + fields);
  }

  static CompletionRequest chat(String json) {
    UnsupportedFields.check(body(json).tree());
    return ChatTranslation.translate(
        body(json).as(ChatCompletionRequest.class), TestingCompletionService.MODEL, "default");
  }

  static CompletionRequest text(String json) {
    UnsupportedFields.check(body(json).tree());
    return TextTranslation.translate(
        body(json).as(TextCompletionRequest.class), TestingCompletionService.MODEL, "default");
  }
}
