package dev.kvasir.web.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.web.openai.ToolCallBody;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CallReaderTest {
  private static final String CALL = "{\"name\": \"add\", \"arguments\": {\"a\": 1}}";
  private static final Set<String> NAMES = Set.of("add", "sub");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<tool_call>\n" + CALL + "\n</tool_call>",
        "Let me see.\n<tool_call>" + CALL + "</tool_call>\n",
        "<tool_call>" + CALL, // its end mark is a special token of some
        CALL,
        " \n" + CALL,
        "[" + CALL + "]",
        "{\"name\": \"add\", \"parameters\": {\"a\": 1}}"
      })
  void read_call_foundHoweverItIsCut(String answer) {
    String text = answer.startsWith("Let") ? "Let me see." : "";
    for (int piece = 1; piece <= answer.length(); piece++) {
      CallReader reader = new CallReader(NAMES, false);
      assertEquals(text, pushed(reader, answer, piece));
      CallReader.Rest rest = reader.finish(true);
      assertEquals("", rest.text());
      assertEquals(
          List.of(new ToolCallBody.Function("add", "{\"a\":1}")),
          rest.calls().stream().map(ToolCallBody::function).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "The sum is 3.",
        " 3 < 4 <tool <tool_cal",
        "{\"name\": \"launch\", \"arguments\": {}}", // no such function
        "{\"name\": \"add\", \"arguments\": 1}",
        "{\"name\": \"add\"",
        "{} []",
        "[]",
        "[1]",
        "a <tool_call>no JSON</tool_call> b",
        "<tool_call>" + CALL + "</tool_call><tool_call>{}</tool_call>",
        "ends with white space \n\n"
      })
  void read_noCall_allOfItIsText(String answer) {
    for (int piece = 1; piece <= Math.max(1, answer.length()); piece++) {
      CallReader reader = new CallReader(NAMES, false);
      String text = pushed(reader, answer, piece);
      CallReader.Rest rest = reader.finish(true);
      assertEquals(answer, text + rest.text());
      assertTrue(rest.calls().isEmpty());
    }
  }

  @Test
  void read_severalCalls_inOrderWithIds() {
    CallReader reader = new CallReader(NAMES, false);
    String other = CALL.replace("add", "sub");
    assertEquals("", reader.push("<tool_call>" + CALL + "</tool_call>\n<tool_call>" + other));

    List<ToolCallBody> calls = reader.finish(true).numbered();

    assertEquals(List.of(0, 1), calls.stream().map(ToolCallBody::index).toList());
    assertEquals(2, calls.stream().map(ToolCallBody::id).distinct().count());
    assertEquals(
        List.of("add", "sub"),
        calls.stream()
            .map(call -> String.valueOf(Objects.requireNonNull(call.function()).name()))
            .toList());
  }

  @Test
  void read_cutOff_isText() {
    CallReader reader = new CallReader(NAMES, false);
    reader.push(CALL);

    assertEquals(new CallReader.Rest(CALL, List.of()), reader.finish(false));
  }

  @Test
  void read_required_nothingShownBefore() {
    CallReader reader = new CallReader(NAMES, true);

    assertEquals("", reader.push("text"));
    assertEquals(new CallReader.Rest("text", List.of()), reader.finish(true));
  }

  private static String pushed(CallReader reader, String answer, int piece) {
    StringBuilder text = new StringBuilder();
    for (int from = 0; from < answer.length(); from += piece) {
      text.append(reader.push(answer.substring(from, Math.min(answer.length(), from + piece))));
    }
    return text.toString();
  }
}
