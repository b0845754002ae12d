package dev.kvasir.bench.soak;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/**
 * A streamed chat completion that has come to its end, well or badly.
 *
 * @param text all of it
 * @param whole whether it ended as it should, without an error
 * @param promptTokens by its usage
 * @param cachedTokens of these
 */
record EventStream(String text, boolean whole, int promptTokens, int cachedTokens) {
  private static final String DATA = "data: ";

  /** Of the body as it came. */
  static EventStream of(String body) {
    StringBuilder text = new StringBuilder();
    boolean done = false;
    boolean failed = false;
    Usage usage = Usage.NONE;
    for (String line : body.split("\n", -1)) {
      if (line.startsWith(DATA)) {
        String data = line.substring(DATA.length()).strip();
        done = data.equals("[DONE]");
        if (!done) {
          JsonObject event = JsonParser.parseString(data).getAsJsonObject();
          failed |= event.has("error");
          text.append(delta(event));
          usage = event.get("usage") instanceof JsonObject told ? Usage.of(told) : usage;
        }
      }
    }
    return new EventStream(text.toString(), done && !failed, usage.prompt(), usage.cached());
  }

  private static String delta(JsonObject event) {
    if (!(event.get("choices") instanceof JsonArray choices) || choices.isEmpty()) {
      return "";
    }
    JsonElement content = choices.get(0).getAsJsonObject().getAsJsonObject("delta").get("content");
    return content == null || content.isJsonNull() ? "" : content.getAsString();
  }

  /** Tokens of a prompt, and those of them that were not computed. */
  record Usage(int prompt, int cached) {
    static final Usage NONE = new Usage(0, 0);

    static Usage of(JsonObject usage) {
      return new Usage(
          usage.get("prompt_tokens").getAsInt(),
          usage.getAsJsonObject("prompt_tokens_details").get("cached_tokens").getAsInt());
    }
  }
}
