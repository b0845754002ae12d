package dev.kvasir.web.completion;

import static dev.kvasir.web.FaultAssertions.assertFault;
import static dev.kvasir.web.FaultAssertions.faultOf;
import static dev.kvasir.web.completion.RequestBodies.chatWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.completion.Prompt;
import dev.kvasir.inference.ChatMessage;
import dev.kvasir.inference.Conversation;
import dev.kvasir.inference.ResponseFormat;
import dev.kvasir.inference.ToolCall;
import dev.kvasir.web.TestingCompletionService;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Chats with tools, where the model's template shows them. */
final class ToolKindTest {
  private static final String ADD =
      "{\"type\": \"function\", \"function\": {\"strict\": true, \"name\": \"add\","
          + " \"parameters\": {\"type\": \"object\"}}}";
  private static final String TOOLS = "\"tools\": [" + ADD + "]";

  @Test
  void translate_tools_shownInOneForm() {
    assertEquals(
        List.of(
            "{\"type\":\"function\",\"function\":{\"name\":\"add\","
                + "\"parameters\":{\"type\":\"object\"},\"strict\":true}}"),
        conversation(TOOLS).tools());
    assertEquals(List.of(), conversation(TOOLS + ", \"tool_choice\": \"none\"").tools());
    assertEquals(List.of(), conversation("\"tools\": []").tools());
  }

  @Test
  void translate_choice_constrainsRequiredCallsOnly() {
    assertNull(format(TOOLS));
    assertNull(format(TOOLS + ", \"tool_choice\": \"auto\""));
    assertTrue(schema("\"required\"").contains("{\"const\":\"add\"}"));
    assertEquals(
        schema("\"required\""),
        schema("{\"type\": \"function\", \"function\": {\"name\": \"add\"}}"));
  }

  @Test
  void translate_callsAndResults_carriedOn() {
    String messages =
        """
        {"model": "tiny", "messages": [
          {"role": "assistant", "content": null, "tool_calls": [
            {"id": "c1", "type": "function",
             "function": {"name": "add", "arguments": "{ \\"a\\": 1 }"}}]},
          {"role": "tool", "tool_call_id": "c1", "content": "3"}]}
        """;

    assertEquals(
        List.of(
            new ChatMessage("assistant", "", List.of(new ToolCall("c1", "add", "{\"a\":1}")), null),
            new ChatMessage("tool", "3", List.of(), "c1")),
        ((Prompt.Chat) checked(messages).request().prompt()).conversation().messages());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`\"tools\": [{}]`                                 | tools[0].type | unsupported_parameter",
        "`\"tools\": [{\"type\": \"function\"}]`           | tools[0].function.name | missing_required_parameter",
        "`\"tools\": [{\"type\": \"function\", \"function\": {\"name\": \"a b\"}}]` | tools[0].function.name | invalid_value",
        "`\"tools\": [{\"type\": \"function\", \"function\": {\"name\": \"a\", \"parameters\": 3}}]` | tools[0].function.parameters | invalid_type",
        "`\"tools\": 3`                                    | tools         | invalid_type",
        "`\"tool_choice\": \"required\"`                   | tool_choice   | invalid_value",
        "`\"tool_choice\": \"any\"`                        | tool_choice   | invalid_value",
        "`\"tool_choice\": {\"type\": \"function\"}`       | tool_choice   | invalid_value",
        "`\"functions\": [{}]`                             | functions     | unsupported_parameter"
      })
  void translate_wrong_namesField(String fields, String param, String code) {
    assertFault(faultOf(() -> checked(chatWith(fields))), param, code);
  }

  @Test
  void translate_twiceTheSameName_refused() {
    assertFault(
        faultOf(() -> checked(chatWith("\"tools\": [" + ADD + "," + ADD + "]"))),
        "tools",
        "invalid_value");
  }

  @Test
  void translate_requiredCallAndFormat_refused() {
    assertFault(
        faultOf(
            () ->
                checked(
                    chatWith(
                        TOOLS
                            + ", \"tool_choice\": \"required\","
                            + " \"response_format\": {\"type\": \"json_object\"}"))),
        "response_format",
        "invalid_value");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`{}`                                              | id                 | missing_required_parameter",
        "`{\"id\": \"c\"}`                                   | function.name      | missing_required_parameter",
        "`{\"id\": \"c\", \"function\": {\"name\": \"a\"}}` | function.arguments | missing_required_parameter",
        "`{\"id\": \"c\", \"function\": {\"name\": \"a\", \"arguments\": \"[]\"}}` | function.arguments | invalid_value",
        "`{\"id\": \"c\", \"function\": {\"name\": \"a\", \"arguments\": \"{\"}}`  | function.arguments | invalid_value",
        "`{\"id\": \"c\", \"type\": \"custom\"}`             | type               | unsupported_parameter"
      })
  void translate_wrongCall_namesField(String call, String field, String code) {
    String body =
        "{\"model\": \"tiny\", \"messages\": [{\"role\": \"assistant\", \"tool_calls\": [%s]}]}";

    assertFault(
        faultOf(() -> checked(body.formatted(call))), "messages[0].tool_calls[0]." + field, code);
  }

  @Test
  void answer_withTools_readsCalls() {
    assertInstanceOf(ToolAnswer.class, checked(chatWith(TOOLS)).answer());
    assertInstanceOf(ChatAnswer.class, checked(chatWith("")).answer());
    assertEquals(
        "tools", checked(chatWith(TOOLS + ", \"tool_choice\": \"required\"")).formatField());
  }

  private static Conversation conversation(String fields) {
    return ((Prompt.Chat) checked(chatWith(fields)).request().prompt()).conversation();
  }

  private static @Nullable ResponseFormat format(String fields) {
    return checked(chatWith(fields)).request().sampling().responseFormat();
  }

  private static String schema(String choice) {
    ResponseFormat format = format(TOOLS + ", \"tool_choice\": " + choice);
    return ((ResponseFormat.JsonSchema) Objects.requireNonNull(format)).schema();
  }

  private static CheckedRequest checked(String json) {
    return CheckedRequest.of(
        new ChatKind(),
        RequestBodies.body(json),
        TestingCompletionService.MODEL_WITH_TOOLS,
        RequestBodies.ARRIVAL);
  }
}
