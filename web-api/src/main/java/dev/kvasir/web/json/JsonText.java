package dev.kvasir.web.json;

import dev.kvasir.web.fault.RequestFault;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParsingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Bytes of a body, parsed strictly: UTF-8, one JSON object, nothing after it, within the limit. */
final class JsonText {
  /*
   * JSON-B alone would take a body that ends early inside an unknown field for an endless one, let
   * text follow the object, and replace bytes that are not UTF-8. So the body is parsed here first,
   * and JSON-B sees only what is well-formed.
   */
  private static final int MAX_DEPTH = 100;

  private JsonText() {}

  /**
   * Reads a body to its end, or one byte beyond the limit, whatever that is.
   *
   * @throws RequestFault if it is too large or not a JSON object
   */
  static JsonObject parse(InputStream body, int limitBytes) throws IOException {
    byte[] bytes = body.readNBytes(limitBytes);
    if (bytes.length == limitBytes && body.read() >= 0) {
      throw tooLarge(limitBytes);
    }
    String text = decode(bytes);
    requireShallow(text);
    if (text.isBlank()) {
      throw RequestFault.malformed(
          "The body is empty, but must be a JSON object; /openapi lists its fields.");
    }
    return parse(text);
  }

  static RequestFault tooLarge(int limitBytes) {
    return RequestFault.tooLarge(
        "The body has more than the %d bytes that this server takes; send less text."
            .formatted(limitBytes));
  }

  private static JsonObject parse(String text) {
    try (JsonParser parser = Json.createParser(new StringReader(text))) {
      parser.next();
      JsonValue value = parser.getValue();
      if (value.getValueType() != JsonValue.ValueType.OBJECT) {
        throw RequestFault.malformed(
            "The body must be a JSON object, but is %s.".formatted(WireTypes.nameOf(value)));
      }
      if (parser.hasNext()) {
        throw RequestFault.malformed("The body must be one JSON object, but goes on after it.");
      }
      return value.asJsonObject();
    } catch (JsonParsingException broken) {
      throw RequestFault.malformed(
          "The body is not valid JSON: line %d, column %d."
              .formatted(
                  broken.getLocation().getLineNumber(), broken.getLocation().getColumnNumber()));
    } catch (RequestFault fault) {
      throw fault;
    } catch (RuntimeException unreadable) {
      // Beyond the parser's own bounds: nesting over 1,000 levels, numbers of absurd length.
      throw RequestFault.malformed(
          "The body is not JSON that can be read: %s.".formatted(unreadable.getMessage()));
    }
  }

  /** Counts brackets outside of strings, before anything is built by them. */
  private static void requireShallow(String text) {
    int depth = 0;
    boolean inString = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (inString) {
        i += c == '\\' ? 1 : 0;
        inString = c != '"';
      } else if (c == '{' || c == '[') {
        depth++;
        if (depth > MAX_DEPTH) {
          throw RequestFault.malformed(
              "The body has more than %d objects and arrays in one another; send a flatter one."
                  .formatted(MAX_DEPTH));
        }
      } else if (c == '}' || c == ']') {
        depth--;
      } else {
        inString = c == '"';
      }
    }
  }

  private static String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException broken) {
      throw RequestFault.malformed("The body is not valid UTF-8.");
    }
  }
}
