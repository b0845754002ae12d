package dev.kvasir.web.completion;

import static dev.kvasir.web.FaultAssertions.assertFault;
import static dev.kvasir.web.FaultAssertions.faultOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.inference.TokenIds;
import dev.kvasir.web.TestingCompletionService;
import dev.kvasir.web.TestingTokenizer;
import dev.kvasir.web.json.WireJson;
import dev.kvasir.web.openai.TokenizeResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TokenizeTest {
  private static final String USER = "{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}]%s}";

  @Test
  void tokenize_prompt_asVllm() {
    assertEquals(
        "{\"count\":3,\"max_model_len\":2048,\"tokens\":[1,104,105],\"token_strs\":null}",
        tokenized("{\"prompt\": \"hi\"}"));
    assertEquals(
        "{\"count\":2,\"max_model_len\":2048,\"tokens\":[104,105],\"token_strs\":[\"h\",\"i\"]}",
        tokenized(
            "{\"prompt\": \"hi\", \"add_special_tokens\": false, \"return_token_strs\": true}"));
    assertEquals(
        "{\"count\":0,\"max_model_len\":2048,\"tokens\":[],\"token_strs\":null}",
        tokenized("{\"prompt\": \"\", \"add_special_tokens\": false, \"model\": \"tiny\"}"));
  }

  @Test
  void tokenize_messages_headByDefaultSpecialTokensNot() {
    assertEquals("user:a\2", text(USER.formatted("")));
    assertEquals("user:a", text(USER.formatted(", \"add_generation_prompt\": false")));
    assertEquals("\1user:a\2", text(USER.formatted(", \"add_special_tokens\": true")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                           | prompt     | missing_required_parameter",
        "{\"prompt\": \"a\", \"messages\": []}          | prompt     | invalid_value",
        "{\"prompt\": [1]}                            | prompt     | invalid_type",
        "{\"prompt\": \"\\ud800\"}                     | prompt     | invalid_value",
        "{\"messages\": []}                           | messages   | invalid_value",
        "{\"messages\": [{\"role\": \"user\"}]}         | messages[0].content | missing_required_parameter",
        "{\"prompt\": \"a\", \"model\": \"gpt-4\"}      | model      | model_not_found",
        "{\"prompt\": \"a\", \"add_special_tokens\": 1} | add_special_tokens | invalid_type",
        "{\"prompt\": \"a\", \"chat_template\": \"x\"}  | chat_template | unsupported_parameter",
        "{\"prompt\": \"a\", \"continue_final_message\": true} | continue_final_message | unsupported_parameter"
      })
  void tokenize_wrong_namesField(String body, String param, String code) {
    assertFault(faultOf(() -> tokenized(body)), param, code);
  }

  @Test
  void detokenize_tokens_text() {
    assertEquals("{\"prompt\":\"hi\"}", detokenized("{\"tokens\": [104, 105]}"));
    assertEquals("{\"prompt\":\"\"}", detokenized("{\"tokens\": [], \"model\": \"default\"}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                              | tokens    | missing_required_parameter",
        "{\"tokens\": \"hi\"}              | tokens    | invalid_type",
        "{\"tokens\": [1, null]}         | tokens[1] | invalid_type",
        "{\"tokens\": [1, -1]}           | tokens[1] | invalid_value",
        "{\"tokens\": [1000]}            | tokens[0] | invalid_value",
        "{\"tokens\": [], \"model\": \"x\"} | model    | model_not_found"
      })
  void detokenize_wrong_namesField(String body, String param, String code) {
    assertFault(faultOf(() -> detokenized(body)), param, code);
  }

  private static String text(String body) {
    return new TestingTokenizer()
        .detokenize(
            TokenIds.of(answer(body).tokens().stream().mapToInt(Integer::intValue).toArray()));
  }

  private static String tokenized(String body) {
    return WireJson.write(answer(body));
  }

  private static TokenizeResponse answer(String body) {
    return TokenizeResource.answer(
        RequestBodies.body(body), TestingCompletionService.MODEL, new TestingTokenizer());
  }

  private static String detokenized(String body) {
    return WireJson.write(
        DetokenizeResource.answer(
            RequestBodies.body(body), TestingCompletionService.MODEL, new TestingTokenizer()));
  }
}
