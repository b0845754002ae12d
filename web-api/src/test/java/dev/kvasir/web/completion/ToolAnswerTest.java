package dev.kvasir.web.completion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.completion.Completion;
import dev.kvasir.completion.CompletionChoice;
import dev.kvasir.inference.FinishReason;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.web.TestingCompletionService;
import dev.kvasir.web.json.WireJson;
import dev.kvasir.web.openai.Tool;
import dev.kvasir.web.tool.Tools;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Calls in answers, whole and streamed. */
final class ToolAnswerTest {
  private static final String CALL =
      "<tool_call>{\"name\": \"add\", \"arguments\": {\"a\": 1}}</tool_call>";
  private static final Tools TOOLS =
      Tools.of(List.of(new Tool("function", new Tool.Function("add", null, null, null))), null);

  @Test
  void whole_call_contentNullAndReason() {
    String answer = whole(CALL, true);

    assertTrue(
        answer.matches(
            ".*\"message\":\\{\"role\":\"assistant\",\"content\":null,\"refusal\":null,"
                + "\"tool_calls\":\\[\\{\"id\":\"call_\\w{32}\",\"type\":\"function\","
                + "\"function\":\\{\"name\":\"add\",\"arguments\":\"\\{\\\\\"a\\\\\":1\\}\"\\}\\}\\]\\},"
                + "\"logprobs\":null,\"finish_reason\":\"tool_calls\".*"),
        answer);
  }

  @Test
  void whole_textBeforeCall_isContent() {
    assertTrue(whole("Well.\n" + CALL, true).contains("\"content\":\"Well.\""));
  }

  @Test
  void whole_noCall_asWithoutTools() {
    String answer = whole("Three.", true);

    assertTrue(answer.contains("\"content\":\"Three.\""), answer);
    assertFalse(answer.contains("tool_calls"), answer);
    assertTrue(answer.contains("\"finish_reason\":\"stop\""), answer);
  }

  @Test
  void whole_notParallel_firstCallOnly() {
    assertEquals(3, whole(CALL + CALL, true).split("\"add\"", -1).length);
    assertEquals(2, whole(CALL + CALL, false).split("\"add\"", -1).length);
  }

  @Test
  void stream_call_heldBackThenWhole() {
    ToolAnswer answer = form(true);

    Object text = Objects.requireNonNull(answer.token(token("Well. <tool")));
    assertTrue(WireJson.write(text).contains("{\"content\":\"Well.\"}"));
    assertNull(answer.token(token(CALL.substring("<tool".length()))));
    List<String> end = json(answer.end(completion("Well. " + CALL, FinishReason.STOP)));

    assertEquals(2, end.size());
    assertTrue(
        end.get(0).contains("\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"call_"), end.get(0));
    assertTrue(end.get(1).contains("\"finish_reason\":\"tool_calls\""), end.get(1));
    assertTrue(end.get(1).contains("\"kvasir\":"), end.get(1));
  }

  @Test
  void stream_cutOffCall_isText() {
    ToolAnswer answer = form(true);
    String half = CALL.substring(0, 30);

    assertNull(answer.token(token(half)));
    List<String> end = json(answer.end(completion(half, FinishReason.LENGTH)));

    assertTrue(end.get(0).contains("\"delta\":{\"content\":\"<tool_call>"), end.get(0));
    assertTrue(end.get(1).contains("\"finish_reason\":\"length\""), end.get(1));
  }

  private static String whole(String text, boolean parallel) {
    return WireJson.write(form(parallel).whole(completion(text, FinishReason.STOP)));
  }

  private static ToolAnswer form(boolean parallel) {
    return new ToolAnswer(
        new ChatAnswer(new AnswerHead("id", 7, "tiny", "r-1", null), 1, false), TOOLS, parallel);
  }

  private static Completion completion(String text, FinishReason reason) {
    return new Completion(
        List.of(new CompletionChoice(text, reason, 3, List.of())),
        125,
        TestingCompletionService.REPORT);
  }

  private static GeneratedToken token(String text) {
    return new GeneratedToken(1, text, null);
  }

  private static List<String> json(List<Object> events) {
    return events.stream().map(WireJson::write).toList();
  }
}
