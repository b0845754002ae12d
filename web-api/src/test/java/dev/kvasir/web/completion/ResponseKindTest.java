package dev.kvasir.web.completion;

import static dev.kvasir.web.FaultAssertions.assertFault;
import static dev.kvasir.web.FaultAssertions.faultOf;
import static dev.kvasir.web.completion.RequestBodies.checked;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.completion.CachePolicy;
import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.completion.FormatRefusedException;
import dev.kvasir.completion.Prompt;
import dev.kvasir.inference.ChatMessage;
import dev.kvasir.inference.ResponseFormat;
import dev.kvasir.web.TestingCompletionService;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResponseKindTest {
  @Test
  void translate_text_aUsersMessage() {
    CompletionRequest request = request("\"input\": \"Hi\"");

    assertEquals(new Prompt.Chat(List.of(new ChatMessage("user", "Hi"))), request.prompt());
    assertEquals(1, request.sampling().temperature());
    assertEquals(1, request.choices());
    assertNull(request.maxNewTokens());
    assertNull(request.sampling().topLogprobs());
  }

  @Test
  void translate_items_messagesAfterInstructions() {
    CompletionRequest request =
        request(
            """
            "instructions": "Be brief.", "max_output_tokens": 5, "temperature": 0, "seed": 7,
            "store": true, "kvasir": {"cache": "off"}, "input": [
              {"role": "user", "content": "Hi"},
              {"type": "message", "role": "assistant", "status": "completed",
               "content": [{"type": "output_text", "text": "Yes?", "annotations": []}]},
              {"role": "developer", "content": [{"type": "input_text", "text": "a"},
                                                {"type": "input_text", "text": "b"}]}]
            """);

    assertEquals(
        new Prompt.Chat(
            List.of(
                new ChatMessage("system", "Be brief."),
                new ChatMessage("user", "Hi"),
                new ChatMessage("assistant", "Yes?"),
                new ChatMessage("system", "a\nb"))),
        request.prompt());
    assertEquals(5, request.maxNewTokens());
    assertEquals(7, request.sampling().seed());
    assertEquals(CachePolicy.OFF, request.cache());
  }

  @Test
  void translate_format_schemaBesideTheType() {
    assertEquals(
        new ResponseFormat.JsonSchema("{\"type\":\"integer\"}"),
        request(
                """
                "input": "Hi", "text": {"format":
                  {"type": "json_schema", "name": "n", "schema": {"type": "integer"}}}
                """)
            .sampling()
            .responseFormat());
    assertNull(
        request("\"input\": \"Hi\", \"text\": {\"format\": {\"type\": \"text\"}}")
            .sampling()
            .responseFormat());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`\"a\": 1`                                      | input                | missing_required_parameter",
        "`\"input\": []`                                 | input                | invalid_value",
        "`\"input\": 3`                                  | input                | invalid_type",
        "`\"input\": [3]`                                | input[0]             | invalid_type",
        "`\"input\": [{\"role\": \"user\"}]`             | input[0].content     | missing_required_parameter",
        "`\"input\": [{\"content\": \"a\"}]`             | input[0].role        | missing_required_parameter",
        "`\"input\": [{\"role\": \"x\", \"content\": \"a\"}]` | input[0].role  | invalid_value",
        "`\"input\": [{\"role\": 3, \"content\": \"a\"}]`   | input[0].role        | invalid_type",
        "`\"input\": [{\"type\": \"item_reference\"}]`   | input[0].type        | unsupported_parameter",
        "`\"input\": [{\"role\": \"user\", \"content\": [{\"type\": \"input_image\"}]}]` | input[0].content[0].type | unsupported_parameter",
        "`\"input\": \"a\", \"previous_response_id\": \"resp_1\"` | previous_response_id | unsupported_parameter",
        "`\"input\": \"a\", \"background\": true`        | background           | unsupported_parameter",
        "`\"input\": \"a\", \"tools\": [{}]`             | tools                | unsupported_parameter",
        "`\"input\": \"a\", \"truncation\": \"auto\"`    | truncation           | unsupported_parameter",
        "`\"input\": \"a\", \"max_output_tokens\": 0`    | max_output_tokens    | invalid_value",
        "`\"input\": \"a\", \"max_output_tokens\": 9999` | max_output_tokens    | context_length_exceeded",
        "`\"input\": \"a\", \"temperature\": 3`          | temperature          | invalid_value",
        "`\"input\": \"a\", \"instructions\": [3]`       | instructions         | invalid_type",
        "`\"input\": \"a\", \"metadata\": {\"a\": 3}`    | metadata             | invalid_type",
        "`\"input\": \"a\", \"text\": {\"format\": {\"type\": \"json\"}}` | text.format.type | invalid_value",
        "`\"input\": \"a\", \"text\": {\"format\": {\"type\": \"json_schema\"}}` | text.format.schema | missing_required_parameter"
      })
  void translate_wrong_namesField(String fields, String param, String code) {
    assertFault(faultOf(() -> request(fields)), param, code);
  }

  @Test
  void translate_longMetadata_refused() {
    String fields = "\"input\": \"a\", \"metadata\": {\"k\": \"%s\"}";
    request(fields.formatted("v".repeat(512)));
    assertFault(
        faultOf(() -> request(fields.formatted("v".repeat(513)))), "metadata", "invalid_value");
  }

  @Test
  void translate_previousResponse_saysWhatToDo() {
    assertTrue(
        faultOf(() -> request("\"input\": \"a\", \"previous_response_id\": \"x\""))
            .message()
            .contains("Send the earlier turns in input"));
  }

  @Test
  void complete_formatRefused_namesItsField() {
    NamedFormat completions =
        new NamedFormat(
            TestingCompletionService.failing(
                new FormatRefusedException("no", new IllegalStateException())),
            ResponseFormatField.TEXT_FIELD);

    assertFault(
        faultOf(() -> completions.complete(request("\"input\": \"Hi\""), token -> true)),
        "text.format",
        "unsupported_parameter");
  }

  private static CompletionRequest request(String fields) {
    return checked(new ResponseKind(), "{\"model\": \"tiny\", %s}".formatted(fields)).request();
  }
}
