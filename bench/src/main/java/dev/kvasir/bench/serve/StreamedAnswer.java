package dev.kvasir.bench.serve;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** Puts a streamed chat completion together, event by event. */
final class StreamedAnswer {
  private static final String LAST = "[DONE]";

  private final DoubleSupplier clock;
  private final List<Double> pieces = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private Answer.Tokens tokens = Answer.Tokens.UNKNOWN;
  private String error = "the stream ended without " + LAST;

  /** The clock tells when a piece came, in seconds. */
  StreamedAnswer(DoubleSupplier clock) {
    this.clock = clock;
  }

  /** Reads to the end of the stream. */
  void read(SseReader events) {
    for (Optional<String> data = events.next(); data.isPresent(); data = events.next()) {
      if (data.get().equals(LAST)) {
        error = "";
        return;
      }
      JsonObject event = JsonParser.parseString(data.get()).getAsJsonObject();
      if (event.has("error")) {
        error = event.get("error").toString();
        return;
      }
      take(event);
    }
  }

  private void take(JsonObject event) {
    if (event.get("choices") instanceof JsonArray choices && !choices.isEmpty()) {
      JsonObject delta = object(choices.get(0), "delta");
      if (delta.has("content") && !delta.get("content").isJsonNull()) {
        takeText(delta.get("content").getAsString());
      }
    }
    JsonObject usage = object(event, "usage");
    if (usage.has("prompt_tokens")) {
      tokens =
          new Answer.Tokens(
              number(usage, "prompt_tokens"),
              number(object(usage, "prompt_tokens_details"), "cached_tokens"),
              number(usage, "completion_tokens"));
    }
  }

  private void takeText(String piece) {
    if (!piece.isEmpty()) {
      pieces.add(clock.getAsDouble());
      text.append(piece);
    }
  }

  /** The member of that name; an empty object where there is none. */
  private static JsonObject object(JsonElement parent, String name) {
    return parent instanceof JsonObject object && object.get(name) instanceof JsonObject member
        ? member
        : new JsonObject();
  }

  private static int number(JsonObject object, String name) {
    return object.has(name) && !object.get(name).isJsonNull() ? object.get(name).getAsInt() : 0;
  }

  /** What came before a failure. */
  Answer failed(Turn turn, double due, String why) {
    error = why;
    return answer(turn, due);
  }

  /** What came, for a turn that was due then. */
  Answer answer(Turn turn, double due) {
    Answer.Seconds seconds = new Answer.Seconds(due, pieces, clock.getAsDouble());
    return new Answer(turn, seconds, text.toString(), tokens, error);
  }
}
