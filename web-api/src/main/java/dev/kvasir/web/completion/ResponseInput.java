package dev.kvasir.web.completion;

import dev.kvasir.inference.ChatMessage;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.json.WireTypes;
import dev.kvasir.web.openai.ResponseRequest;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The conversation that a response is to answer: instructions, then a text or messages. */
final class ResponseInput {
  private static final String WANTED = "a string or an array of at least one message";

  private ResponseInput() {}

  /**
   * Checks and translates, oldest first.
   *
   * @throws RequestFault naming the first field that is not as it must be
   */
  static List<ChatMessage> of(ResponseRequest request) {
    List<ChatMessage> messages = new ArrayList<>();
    String instructions = request.instructions();
    if (instructions != null) {
      messages.add(new ChatMessage("system", TextContent.wellFormed(instructions, "instructions")));
    }
    addInput(request.input(), messages);
    return messages;
  }

  private static void addInput(@Nullable JsonValue input, List<ChatMessage> messages) {
    if (input == null || input == JsonValue.NULL) {
      throw RequestFault.missing("input", "input is missing; send %s.".formatted(WANTED));
    }
    if (input instanceof JsonString text) {
      messages.add(new ChatMessage("user", TextContent.wellFormed(text.getString(), "input")));
    } else if (input instanceof JsonArray items) {
      if (items.isEmpty()) {
        throw RequestFault.invalid("input", "input is empty, but needs at least one message.");
      }
      for (int i = 0; i < items.size(); i++) {
        messages.add(message(items.get(i), "input[%d]".formatted(i)));
      }
    } else {
      throw RequestFault.wrongType(
          "input", "input must be %s, but is %s.".formatted(WANTED, WireTypes.nameOf(input)));
    }
  }

  private static ChatMessage message(JsonValue item, String path) {
    if (!(item instanceof JsonObject message)) {
      throw RequestFault.wrongType(
          path, "%s must be an object, but is %s.".formatted(path, WireTypes.nameOf(item)));
    }
    JsonValue type = message.getOrDefault("type", JsonValue.NULL);
    if (type != JsonValue.NULL && !(type instanceof JsonString name && isMessage(name))) {
      throw RequestFault.unsupported(
          path + ".type",
          "%s.type is not supported here; send items of type \"message\".".formatted(path));
    }
    JsonValue role = message.getOrDefault("role", JsonValue.NULL);
    if (role != JsonValue.NULL && !(role instanceof JsonString)) {
      throw RequestFault.wrongType(
          path + ".role",
          "%s.role must be a string, but is %s.".formatted(path, WireTypes.nameOf(role)));
    }
    JsonValue content = message.getOrDefault("content", JsonValue.NULL);
    return new ChatMessage(
        ChatMessages.role(
            role instanceof JsonString name ? name.getString() : null, path + ".role"),
        TextContent.ofInput(content == JsonValue.NULL ? null : content, path + ".content"));
  }

  private static boolean isMessage(JsonString type) {
    return type.getString().equals("message");
  }
}
