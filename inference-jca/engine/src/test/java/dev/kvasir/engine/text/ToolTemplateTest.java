package dev.kvasir.engine.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.engine.weights.TextAssets;
import dev.kvasir.inference.ChatMessage;
import dev.kvasir.inference.Conversation;
import dev.kvasir.inference.ToolCall;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tools and calls as a template shows them to a model. */
final class ToolTemplateTest {
  /** In the manner of those that show tools as JSON between tags. */
  private static final String TEMPLATE =
      """
      {%- if tools %}<tools>
      {%- for tool in tools %}
      {{ tool | tojson }}
      {%- endfor %}
      </tools>{% endif %}
      {%- for message in messages %}
      <{{ message.role }}>{{ message.content }}
      {%- for tool_call in message.tool_calls %}
        {%- set call = tool_call.function %}
      <tool_call>{"name": "{{ call.name }}", "arguments": {{ call.arguments | tojson }}}</tool_call>
      {%- endfor %}
      {%- if 'tool_call_id' in message %} of {{ message.tool_call_id }}{% endif %}
      {%- endfor %}
      """;

  private static final String TOOL =
      "{\"type\":\"function\",\"function\":{\"name\":\"add\",\"parameters\":{\"type\":\"object\","
          + "\"properties\":{\"a\":{\"enum\":[1,2.0,\"\u00e9\"]}},\"required\":[]}}}";

  @Test
  void render_toolsAndCalls_asPythonWritesThem() {
    List<ChatMessage> messages =
        List.of(
            new ChatMessage("user", "Add."),
            new ChatMessage(
                "assistant", "", List.of(new ToolCall("c1", "add", "{\"b\":1,\"a\":null}")), null),
            new ChatMessage("tool", "3", List.of(), "c1"));

    assertEquals(
        """
        <tools>{"type": "function", "function": {"name": "add", "parameters": {"type": "object", \
        "properties": {"a": {"enum": [1, 2.0, "\u00e9"]}}, "required": []}}}</tools>\
        <user>Add.<assistant>\
        <tool_call>{"name": "add", "arguments": {"b": 1, "a": null}}</tool_call>\
        <tool>3 of c1""",
        template(TEMPLATE).render(new Conversation(messages, List.of(TOOL), true)).strip());
  }

  @Test
  void rendersTools_byWhatItShows() {
    assertTrue(template(TEMPLATE).rendersTools());
    assertFalse(template("{{ messages[0].content }}").rendersTools());
    assertFalse(template("{{ tools is defined }}").rendersTools());
    assertFalse(template("{{ raise_exception('no') }}{{ tools | tojson }}").rendersTools());
  }

  @Test
  void render_templateWithoutTools_refused() {
    Conversation withTools =
        new Conversation(List.of(new ChatMessage("user", "Hi")), List.of(TOOL), true);

    assertThrows(
        IllegalArgumentException.class,
        () -> template("{{ messages[0].content }}").render(withTools));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{{ {'a': [1, 'x']} \u00a6 tojson }} | `{\"a\": [1, \"x\"]}`",
        "{{ [] \u00a6 tojson(indent=2) }} | []",
        "{{ [1, 'x'] \u00a6 tojson(indent=2) }} | `[\n  1,\n  \"x\"\n]`",
        "{{ {'a': true} \u00a6 tojson(4) }} | `{\n    \"a\": true\n}`",
        "{{ messages[0].content \u00a6 tojson }} | `\"q\\\" b\\\\ n\\n c\\u0001 \u00e9\"`"
      })
  void tojson_any_asPythonWritesIt(String template, String json) {
    List<ChatMessage> messages = List.of(new ChatMessage("user", "q\" b\\ n\n c\u0001 \u00e9"));

    assertEquals(
        json, template(template.replace('\u00a6', '|')).render(new Conversation(messages)));
  }

  private static ChatTemplate template(String source) {
    return ChatTemplate.of(new TextAssets("", source, "<s>", "</s>"));
  }
}
