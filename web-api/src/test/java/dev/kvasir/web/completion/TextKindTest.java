package dev.kvasir.web.completion;

import static dev.kvasir.web.FaultAssertions.assertFault;
import static dev.kvasir.web.FaultAssertions.faultOf;
import static dev.kvasir.web.completion.RequestBodies.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.completion.Prompt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TextKindTest {
  @ParameterizedTest
  @ValueSource(strings = {"\"Once upon\"", "[\"Once upon\"]"})
  void translate_prompt_asItStands(String prompt) {
    CompletionRequest request = text("{\"model\": \"tiny\", \"prompt\": %s}".formatted(prompt));

    assertEquals(new Prompt.Text("Once upon"), request.prompt());
    assertEquals(TextKind.DEFAULT_MAX_TOKENS, request.maxNewTokens());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1, 2, 3]", "[[1, 2]]", "[\"a\", \"b\"]", "[]"})
  void translate_otherArrays_saysWhatIsTaken(String prompt) {
    assertFault(
        faultOf(() -> text("{\"model\": \"tiny\", \"prompt\": %s}".formatted(prompt))),
        "prompt",
        "unsupported_parameter",
        "a string or an array of one string");
  }

  @ParameterizedTest
  @CsvSource({"5, the number 5", "{}, an object", "true, a boolean"})
  void translate_otherTypes_saysWhatCameAndIsTaken(String prompt, String type) {
    assertFault(
        faultOf(() -> text("{\"model\": \"tiny\", \"prompt\": %s}".formatted(prompt))),
        "prompt",
        "invalid_type",
        "a string or an array of one string, but is " + type);
  }

  @Test
  void translate_noPrompt_missing() {
    assertFault(
        faultOf(() -> text("{\"model\": \"tiny\"}")), "prompt", "missing_required_parameter");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5})
  void translate_logprobs_thatMany(int count) {
    assertEquals(count, text(withLogprobs(count)).sampling().topLogprobs());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 6})
  void translate_logprobsOutOfRange_namesValueRange(int count) {
    assertFault(
        faultOf(() -> text(withLogprobs(count))),
        "logprobs",
        "invalid_value",
        "logprobs is " + count,
        "from 0 to 5");
  }

  private static String withLogprobs(int count) {
    return "{\"model\": \"tiny\", \"prompt\": \"a\", \"logprobs\": %d}".formatted(count);
  }

  @Test
  void translate_maxTokens_checked() {
    assertFault(
        faultOf(() -> text("{\"model\": \"tiny\", \"prompt\": \"a\", \"max_tokens\": 0}")),
        "max_tokens",
        "invalid_value",
        "at least 1");
  }
}
