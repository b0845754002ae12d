package dev.kvasir.web.json;

import static dev.kvasir.web.FaultAssertions.faultOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.openai.ErrorBody;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTextTest {
  private static final int LIMIT_BYTES = 1 << 20;

  @Test
  void parse_object_allFields() throws IOException {
    JsonObject tree = parse("{\"model\": \"tiny\", \"unknown\": [1, {}]}");

    assertEquals("tiny", tree.getString("model"));
    assertEquals(2, tree.getJsonArray("unknown").size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"model\"",
        "{\"model\": \"tiny\"",
        "{\"model\": \"tiny\",}",
        "{\"model\": tiny}",
        "{'model': 'tiny'}",
        "{\"unknown\": [[[[",
        "{} {}",
        "{\"model\": \"tiny\"} and more",
        "{\"number\": 1e}",
        "{\"text\": \"\\x\"}",
        "{\"text\": \"line\nbreak\"}"
      })
  void parse_broken_saysWhere(String text) {
    ErrorBody.Detail fault = faultOf(() -> parse(text));

    assertEquals("invalid_json", fault.code());
    assertTrue(fault.message().contains("line "), fault.message());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \r\n"})
  void parse_empty_saysWhatIsWanted(String text) {
    ErrorBody.Detail fault = faultOf(() -> parse(text));

    assertEquals("invalid_json", fault.code());
    assertEquals(
        "The body is empty, but must be a JSON object; /openapi lists its fields.",
        fault.message());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "3", "\"text\"", "null", "true"})
  void parse_noObject_saysWhatItIs(String text) {
    ErrorBody.Detail fault = faultOf(() -> parse(text));

    assertEquals("invalid_json", fault.code());
    assertTrue(fault.message().startsWith("The body must be a JSON object, but is "));
  }

  @Test
  void parse_deepNesting_refused() {
    assertEquals("invalid_json", faultOf(() -> parse("{\"a\":" + "[".repeat(100_000))).code());
  }

  @Test
  void parse_absurdNumber_refusedOrRead() throws IOException {
    assertEquals("1E+999999999", parse("{\"a\": 1E999999999}").getJsonNumber("a").toString());
  }

  @Test
  void parse_brokenUtf8_refused() {
    byte[] bytes = {'{', '"', 'a', '"', ':', '"', (byte) 0xC3, '"', '}'};

    ErrorBody.Detail fault =
        faultOf(() -> JsonText.parse(new ByteArrayInputStream(bytes), LIMIT_BYTES));

    assertEquals("The body is not valid UTF-8.", fault.message());
  }

  @Test
  void parse_overLimit_namesLimit() throws IOException {
    byte[] fits = "{\"a\": 1}".getBytes(StandardCharsets.UTF_8);

    assertEquals(1, JsonText.parse(new ByteArrayInputStream(fits), fits.length).size());
    assertEquals(1, JsonText.parse(new ByteArrayInputStream(fits), Integer.MAX_VALUE).size());
    ErrorBody.Detail fault =
        faultOf(() -> JsonText.parse(new ByteArrayInputStream(fits), fits.length - 1));
    assertEquals("request_too_large", fault.code());
    assertTrue(fault.message().contains(" 7 bytes"), fault.message());
  }

  private static JsonObject parse(String text) throws IOException {
    return JsonText.parse(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), LIMIT_BYTES);
  }

  @Test
  void parse_nestedAHundredDeep_readAndNoDeeper() throws IOException {
    assertEquals(1, parseNested(99).size());
    RequestFault fault = assertThrows(RequestFault.class, () -> parseNested(100));
    assertTrue(String.valueOf(fault.getMessage()).contains("more than 100"));
  }

  @Test
  void parse_bracketsInStrings_areNoNesting() throws IOException {
    String text = "{\"a\": \"" + "[{\\\"".repeat(500) + "\"}";
    InputStream body = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    assertEquals(1, JsonText.parse(body, 1 << 20).size());
  }

  private static JsonObject parseNested(int arrays) throws IOException {
    String text = "{\"a\": " + "[".repeat(arrays) + "]".repeat(arrays) + "}";
    return JsonText.parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 1 << 20);
  }
}
