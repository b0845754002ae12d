package dev.kvasir.web.completion;

import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.web.TestingCompletionService;
import dev.kvasir.web.json.JsonBody;
import dev.kvasir.web.openai.CompletionFields;
import jakarta.json.Json;
import java.io.StringReader;

/** Requests as a client writes them, all the way through validation. */
final class RequestBodies {
  static final Arrival ARRIVAL = new Arrival("r-1", "default", 12_345, 678);

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
    return checked(new ChatKind(), json).request();
  }

  static CompletionRequest text(String json) {
    return checked(new TextKind(), json).request();
  }

  static <W extends Record & CompletionFields> CheckedRequest checked(
      CompletionKind<W> kind, String json) {
    return CheckedRequest.of(kind, body(json), TestingCompletionService.MODEL, ARRIVAL);
  }
}
