package dev.kvasir.web.completion;

import static dev.kvasir.web.FaultAssertions.assertFault;
import static dev.kvasir.web.FaultAssertions.faultOf;
import static dev.kvasir.web.completion.RequestBodies.chat;
import static dev.kvasir.web.completion.RequestBodies.chatWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.kvasir.completion.CachePolicy;
import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.completion.Prompt;
import dev.kvasir.inference.ChatMessage;
import dev.kvasir.inference.ResponseFormat;
import dev.kvasir.inference.SamplingParams;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ChatKindTest {
  @Test
  void translate_least_openAiDefaults() {
    CompletionRequest request = chat(chatWith(""));

    assertEquals("default", request.tenant());
    assertEquals(new Prompt.Chat(List.of(new ChatMessage("user", "Hi"))), request.prompt());
    assertEquals(1, request.sampling().temperature());
    assertEquals(1, request.sampling().topP());
    assertEquals(0, request.sampling().topK());
    assertEquals(List.of(), request.sampling().stop());
    assertNull(request.maxNewTokens());
    assertEquals(CachePolicy.USE, request.cache());
  }

  @Test
  void translate_noSeed_randomEachTime() {
    assertNotEquals(chat(chatWith("")).sampling().seed(), chat(chatWith("")).sampling().seed());
  }

  @Test
  void translate_allFields_taken() {
    CompletionRequest request =
        chat(
            chatWith(
                """
                "temperature": 0.5, "top_p": 0.9, "top_k": 40, "min_p": 0.1, "seed": 7,
                "presence_penalty": 1.5, "frequency_penalty": -2, "logit_bias": {"999": -100},
                "logprobs": true, "top_logprobs": 20, "stop": ["a", "b"],
                "ignore_eos": true, "max_tokens": 3, "max_completion_tokens": 5,
                "kvasir": {"cache": "off"}
                """));

    assertEquals(
        SamplingParams.builder()
            .temperature(0.5)
            .topP(0.9)
            .topK(40)
            .minP(0.1)
            .presencePenalty(1.5)
            .frequencyPenalty(-2)
            .logitBias(Map.of(999, -100.0))
            .topLogprobs(20)
            .seed(7)
            .stop(List.of("a", "b"))
            .ignoreEos(true)
            .build(),
        request.sampling());
    assertEquals(5, request.maxNewTokens());
    assertEquals(CachePolicy.OFF, request.cache());
  }

  @Test
  void translate_logprobs_noneUnlessAskedFor() {
    assertNull(chat(chatWith("")).sampling().topLogprobs());
    assertNull(chat(chatWith("\"logprobs\": false")).sampling().topLogprobs());
    assertEquals(0, chat(chatWith("\"logprobs\": true")).sampling().topLogprobs());
  }

  @Test
  void translate_conversation_rolesAndParts() {
    CompletionRequest request =
        chat(
            """
            {"model": "default", "messages": [
              {"role": "developer", "content": "Be brief."},
              {"role": "user", "content": [{"type": "text", "text": "Look:"},
                                           {"type": "text", "text": "this"}]},
              {"role": "assistant", "content": "", "refusal": null, "tool_calls": []},
              {"role": "tool", "content": "42", "tool_call_id": "x"},
              {"role": "user", "content": []}]}
            """);

    assertEquals(
        new Prompt.Chat(
            List.of(
                new ChatMessage("system", "Be brief."),
                new ChatMessage("user", "Look:\nthis"),
                new ChatMessage("assistant", ""),
                new ChatMessage("tool", "42", List.of(), "x"),
                new ChatMessage("user", ""))),
        request.prompt());
  }

  @Test
  void translate_stopAsText_one() {
    assertEquals(List.of("END"), chat(chatWith("\"stop\": \"END\"")).sampling().stop());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"user\": \"ada\"",
        "\"metadata\": {\"a\": \"b\"}",
        "\"store\": true",
        "\"n\": 1",
        "\"n\": null",
        "\"tools\": []",
        "\"tool_choice\": \"none\"",
        "\"logprobs\": false",
        "\"logit_bias\": {}",
        "\"response_format\": {\"type\": \"text\"}",
        "\"presence_penalty\": 0.0",
        "\"frequency_penalty\": 0",
        "\"modalities\": [\"text\"]",
        "\"service_tier\": \"auto\"",
        "\"something_new\": [1, 2]",
        "\"stop\": []",
        "\"temperature\": 0",
        "\"temperature\": 2",
        "\"top_p\": 1",
        "\"max_tokens\": 1",
        "\"max_tokens\": 2048",
        "\"kvasir\": {\"cache\": \"on\"}"
      })
  void translate_harmlessField_accepted(String field) {
    assertEquals("default", chat(chatWith(field)).tenant());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"temperature\": 3      | temperature           | 3.0 | from 0 to 2",
        "\"temperature\": -0.1   | temperature           | -0.1 | from 0 to 2",
        "\"temperature\": 1e400  | temperature           | Infinity | from 0 to 2",
        "\"top_p\": 0            | top_p                 | 0.0 | above 0 and up to 1",
        "\"top_p\": 1.01         | top_p                 | 1.01 | above 0 and up to 1",
        "\"top_k\": -2           | top_k                 | -2 | 0 or -1 (all)",
        "\"n\": 0                | n                     | 0 | from 1 to 8",
        "\"n\": 9                | n                     | 9 | from 1 to 8",
        "\"min_p\": 1.1          | min_p                 | 1.1 | from 0 to 1",
        "\"presence_penalty\": 3 | presence_penalty      | 3.0 | from -2 to 2",
        "\"frequency_penalty\": -3 | frequency_penalty   | -3.0 | from -2 to 2",
        "\"logit_bias\": {\"5\": 101} | logit_bias       | 101.0 for token 5 | from -100 to 100",
        "\"logit_bias\": {\"1000\": 1} | logit_bias      | token 1000 | from 0 to 999",
        "\"logit_bias\": {\"-1\": 1} | logit_bias        | token -1 | from 0 to 999",
        "\"logit_bias\": {\"cat\": 1} | logit_bias       | cat | token ids",
        "\"logprobs\": true, \"top_logprobs\": 21 | top_logprobs | 21 | from 0 to 20",
        "\"logprobs\": true, \"top_logprobs\": -1 | top_logprobs | -1 | from 0 to 20",
        "\"top_logprobs\": 2     | top_logprobs          | 2 | logprobs to be true",
        "\"max_tokens\": 0       | max_tokens            | 0 | at least 1",
        "\"max_completion_tokens\": -5 | max_completion_tokens | -5 | at least 1",
        "\"stop\": [\"a\", \"b\", \"c\", \"d\", \"e\"] | stop | 5 texts | up to 4",
        "\"stop\": \"\"          | stop                  | an empty text | leave stop out",
        "\"stop\": \"\\ud800\"   | stop                  | half of a surrogate | stop",
        "\"kvasir\": {\"cache\": \"maybe\"} | kvasir.cache | maybe | \"on\" or \"off\""
      })
  void translate_outOfRange_namesFieldValueRange(
      String field, String param, String value, String range) {
    assertFault(faultOf(() -> chat(chatWith(field))), param, "invalid_value", param, value, range);
  }

  @Test
  void translate_responseFormat_asOpenAiHasIt() {
    assertEquals(new ResponseFormat.JsonObject(), format("{\"type\": \"json_object\"}"));
    assertEquals(
        new ResponseFormat.JsonSchema("{\"type\":\"null\"}"),
        format(
            "{\"type\": \"json_schema\", \"json_schema\":"
                + " {\"name\": \"a\", \"strict\": true, \"schema\": {\"type\": \"null\"}}}"));
    assertNull(format("{\"type\": \"text\"}"));
    assertNull(format("null"));
  }

  private static @Nullable ResponseFormat format(String wire) {
    return chat(chatWith("\"response_format\": " + wire)).sampling().responseFormat();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"json_object\"              | response_format      | invalid_type",
        "{}                           | response_format.type | invalid_value",
        "{\"type\": \"xml\"}          | response_format.type | invalid_value",
        "{\"type\": \"json_schema\"}  | response_format.json_schema | missing_required_parameter",
        "{\"type\": \"json_schema\", \"json_schema\": 3} | response_format.json_schema | invalid_type",
        "{\"type\": \"json_schema\", \"json_schema\": {}} | response_format.json_schema.schema | missing_required_parameter"
      })
  void translate_badResponseFormat_namesPlace(String format, String param, String code) {
    assertFault(
        faultOf(() -> chat(chatWith("\"response_format\": " + format))), param, code, param);
  }

  @Test
  void translate_ignoreEosWithResponseFormat_invalid() {
    String both = "\"ignore_eos\": true, \"response_format\": {\"type\": \"json_object\"}";
    assertFault(faultOf(() -> chat(chatWith(both))), "ignore_eos", "invalid_value", "format");
  }

  @Test
  void translate_maxTokensOverContext_bothNumbers() {
    assertFault(
        faultOf(() -> chat(chatWith("\"max_tokens\": 2049"))),
        "max_tokens",
        "context_length_exceeded",
        "2049",
        "2048");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"kvasir\": {\"chache\": \"off\"}      | kvasir.chache     | only: cache",
        "\"tools\": [{\"type\": \"function\"}]     | tools             | []",
        "\"tool_choice\": \"required\"             | tool_choice       | \"none\"",
        "\"tool_choice\": {\"type\": \"function\"} | tool_choice       | \"none\"",
        "\"functions\": [{}]                       | functions         | []",
        "\"function_call\": {\"name\": \"f\"}      | function_call     | \"none\"",
        "\"modalities\": [\"text\", \"audio\"]     | modalities        | [\"text\"]",
        "\"audio\": {\"voice\": \"alloy\"}         | audio             | null",
        "\"best_of\": 2                            | best_of           | 1",
        "\"guided_json\": {\"type\": \"object\"}    | guided_json       | response_format",
        "\"structured_outputs\": {}               | structured_outputs | response_format",
        "\"grammar\": \"root ::= x\"              | grammar           | response_format",
        "\"typical_p\": 0.5                       | typical_p         | 1",
        "\"stop_token_ids\": [2]                  | stop_token_ids    | []",
        "\"tools\": [{}]                          | tools             | template",
        "\"echo\": true                            | echo              | false",
        "\"suffix\": \"end\"                       | suffix            | \"\""
      })
  void translate_wouldChangeAnswer_namesFieldAndAllowed(
      String field, String param, String allowed) {
    assertFault(
        faultOf(() -> chat(chatWith(field))), param, "unsupported_parameter", param, allowed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]                                   | messages                 | invalid_value",
        "[{\"content\": \"Hi\"}]              | messages[0].role         | missing_required_parameter",
        "[{\"role\": \"king\", \"content\": \"Hi\"}]    | messages[0].role | invalid_value",
        "[{\"role\": \"user\"}]               | messages[0].content      | missing_required_parameter",
        "[{\"role\": \"user\", \"content\": null}]      | messages[0].content | invalid_type",
        "[{\"role\": \"user\", \"content\": 3}]         | messages[0].content | invalid_type",
        "[{\"role\": \"user\", \"content\": {}}]        | messages[0].content | invalid_type",
        "[{\"role\": \"user\", \"content\": [3]}]       | messages[0].content[0] | invalid_type",
        "[{\"role\": \"user\", \"content\": [{}]}]      | messages[0].content[0].type | unsupported_parameter",
        "[{\"role\": \"user\", \"content\": [{\"type\": 3}]}]   | messages[0].content[0].type | unsupported_parameter",
        "[{\"role\": \"user\", \"content\": [{\"type\": \"image_url\"}]}] | messages[0].content[0].type | unsupported_parameter",
        "[{\"role\": \"user\", \"content\": [{\"type\": \"text\"}]}]      | messages[0].content[0].text | invalid_type",
        "[{\"role\": \"user\", \"content\": \"\\udc00x\"}]      | messages[0].content | invalid_value",
        "[{\"role\": \"assistant\", \"tool_calls\": [{}]}]      | messages[0].tool_calls | unsupported_parameter"
      })
  void translate_badMessages_namesPlace(String messages, String param, String code) {
    assertFault(
        faultOf(() -> chat("{\"model\": \"tiny\", \"messages\": %s}".formatted(messages))),
        param,
        code,
        param);
  }

  @Test
  void translate_noMessages_missing() {
    assertFault(
        faultOf(() -> chat("{\"model\": \"tiny\"}")), "messages", "missing_required_parameter");
  }

  @Test
  void translate_noModelOrUnknown_saysWhichThereAre() {
    assertFault(faultOf(() -> chat("{}")), "model", "missing_required_parameter", "tiny");
    assertFault(
        faultOf(() -> chat("{\"model\": \"gpt-4\\n\"}")),
        "model",
        "model_not_found",
        "\"gpt-4?\"",
        "tiny",
        "default");
  }
}
