package dev.kvasir.engine.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.engine.weights.TextAssets;
import dev.kvasir.inference.ChatMessage;
import dev.kvasir.inference.Conversation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Templates in the manner of real models, and the corners of Jinja that they lean on. */
class ChatTemplateTest {
  private static final ChatMessage SYSTEM = new ChatMessage("system", " Be brief. ");
  private static final ChatMessage USER = new ChatMessage("user", " Hi ");
  private static final ChatMessage ASSISTANT = new ChatMessage("assistant", "Yes?");

  private static final String ALTERNATING =
      """
      {{ bos_token }}{% for message in messages %}
      {% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}
      {{ raise_exception('Roles must alternate user/assistant/user/assistant/...') }}
      {% endif %}
      {% if message['role'] == 'user' %}
      {{ '[INST] ' + message['content'].strip() + ' [/INST]' }}
      {%- else %}
      {{ ' ' + message['content'] | trim + ' ' + eos_token }}
      {%- endif %}
      {% endfor %}
      """;

  @Test
  void render_llama2Manner_foldsSystemIntoFirstUserMessage() {
    String template =
        "{% if messages[0]['role'] == 'system' %}{% set rest = messages[1:] %}"
            + "{% set system = messages[0]['content'] %}{% else %}{% set rest = messages %}"
            + "{% set system = false %}{% endif %}{% for m in rest %}"
            + "{% if loop.index0 == 0 and system != false %}"
            + "{% set content = '<<SYS>>\\n' + system + '\\n<</SYS>>\\n\\n' + m['content'] %}"
            + "{% else %}{% set content = m['content'] %}{% endif %}"
            + "{% if m['role'] == 'user' %}{{ bos_token + '[INST] ' + content.strip() + ' [/INST]' }}"
            + "{% elif m['role'] == 'assistant' %}{{ ' ' + content.strip() + ' ' + eos_token }}"
            + "{% endif %}{% endfor %}";
    assertEquals(
        "<s>[INST] <<SYS>>\n Be brief. \n<</SYS>>\n\n Hi [/INST] Yes? </s><s>[INST] Hi [/INST]",
        render(template, SYSTEM, USER, ASSISTANT, USER));
    assertEquals("<s>[INST] Hi [/INST]", render(template, USER));
  }

  @Test
  void render_llama3Manner_setsHeadersAndItsOwnDate() {
    String template =
        """
        {{- bos_token }}
        {%- if not date_string is defined %}
            {%- if strftime_now is defined %}
                {%- set date_string = strftime_now("%d %b %Y") %}
            {%- else %}
                {%- set date_string = "26 Jul 2024" %}
            {%- endif %}
        {%- endif %}
        {%- if not tools is defined %}
            {%- set tools = none %}
        {%- endif %}
        {%- if messages[0]['role'] == 'system' %}
            {%- set system_message = messages[0]['content']|trim %}
            {%- set messages = messages[1:] %}
        {%- else %}
            {%- set system_message = "" %}
        {%- endif %}
        {{- "<|start_header_id|>system<|end_header_id|>\\n\\n" }}
        {%- if tools is not none %}
            {{- "Environment: ipython\\n" }}
        {%- endif %}
        {{- "Today Date: " + date_string + "\\n\\n" }}
        {{- system_message }}
        {{- "<|eot_id|>" }}
        {%- for message in messages %}
            {%- if not (message.role == 'ipython' or 'tool_calls' in message) %}
                {{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n'+ message['content'] | trim + '<|eot_id|>' }}
            {%- endif %}
        {%- endfor %}
        {%- if add_generation_prompt %}
            {{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}
        {%- endif %}
        """;
    assertEquals(
        "<s><|start_header_id|>system<|end_header_id|>\n\nToday Date: 26 Jul 2024\n\n"
            + "Be brief.<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nHi<|eot_id|>"
            + "<|start_header_id|>assistant<|end_header_id|>\n\n",
        render(template, SYSTEM, USER));
  }

  @Test
  void render_zephyrManner_trimsLinesAsTransformersDoes() {
    String template =
        """
        {% for message in messages %}
        {% if message['role'] == 'user' %}
        {{ '<|user|>\\n' + message['content'] + eos_token }}
        {% elif message['role'] == 'system' %}
        {{ '<|system|>\\n' + message['content'] + eos_token }}
        {% elif message['role'] == 'assistant' %}
        {{ '<|assistant|>\\n'  + message['content'] + eos_token }}
        {% endif %}
        {% if loop.last and add_generation_prompt %}
        {{ '<|assistant|>' }}
        {% endif %}
        {% endfor %}""";
    assertEquals(
        "<|system|>\n Be brief. </s>\n<|user|>\n Hi </s>\n<|assistant|>\n",
        render(template, SYSTEM, USER));
  }

  @Test
  void render_rolesRefused_saysTheTemplatesWords() {
    assertEquals("<s>[INST] Hi [/INST] Yes? </s>", render(ALTERNATING, USER, ASSISTANT));
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> render(ALTERNATING, USER, USER));
    assertEquals("Roles must alternate user/assistant/user/assistant/...", refusal.getMessage());
  }

  @Test
  void render_templateInContent_staysText() {
    ChatMessage sly = new ChatMessage("user", "{{ bos_token }}{% if %}{# x #} \\n &amp; <b> '\"");
    assertEquals(
        "user:" + sly.content() + "|",
        render("{% for m in messages %}{{ m.role + ':' + m.content }}|{% endfor %}", sly));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "{{ 'a\\nb' }}@`a\nb`",
        "{{ messages[-1]['role'] }}@user",
        "{{ messages[0].nothing }}|{{ nothing.at.all }}@|",
        "{{ tools is defined }}{{ tools is none }}{{ not tools }}@falsetruetrue",
        "{% set ns = namespace(n=0) %}{% for i in range(3) %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}@3",
        "{{ 'x</t>y'.split('</t>')[-1] }}{{ 'a.b.c'.split('.', 1)[1] }}@yb.c",
        "{{ 'abc'.startswith('ab') and 'abc'.endswith('bc') }}@true",
        "{{ '  x '.lstrip() }}|{{ 'x\\n'.rstrip('\\n') }}|@x |x|",
        "{{ 'ab'.upper() }}{{ 'AB'.lower() }}{{ 'ab cd'.title() }}{{ 'ab'.capitalize() }}@ABabAb CdAb",
        "{{ 'hello'[1:3] }}{{ 'hello'[0] }}{{ 'hello'[-1] }}@elho",
        "{{ messages[0].get('role') }}{{ messages[0].get('zip', 'none') }}@usernone",
        "{{ messages[0].content is string }}{{ messages is iterable }}{{ messages[0] is mapping }}@truetruetrue",
        "{{ 'y' if messages|length == 1 else 'n' }}@y",
        "{% macro f(x, y=2) %}<{{ x }}{{ y }}>{% endmacro %}{{ f(1) }}{{ f('a', y=3) }}@<12><a3>",
        "{% for m in messages %}{% if loop.first and not loop.last %}{% continue %}{% endif %}{{ loop.index }}{% endfor %}@1",
        "`{# remark #}\n   {% if true %}\n  a\n   {% endif %}\nb\n`@`  a\nb`",
        "{{ [1, 'a'] | length }}{{ 7 // 2 }}{{ 7 % 4 }}{{ 'a' ~ 1 }}@233a1",
      })
  void render_corner_isAsInJinja(String template, String expected) {
    assertEquals(expected, render(template, USER));
  }

  @Test
  void render_noTemplate_isRefusedWithARemedy() {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> render(null, USER));
    assertTrue(
        String.valueOf(refusal.getMessage()).contains("no chat template"), refusal.getMessage());
  }

  @Test
  void render_unknownFunction_isRefusedAndNamed() {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> render("{{ launch('x') }}", USER));
    assertTrue(String.valueOf(refusal.getMessage()).contains("launch"), refusal.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"{% for m in messages %}x", "{{ 'x' ", "{% leap %}"})
  void of_brokenTemplate_isRefused(String template) {
    assertThrows(
        IllegalArgumentException.class,
        () -> ChatTemplate.of(new TextAssets("", template, "<s>", "</s>")));
  }

  private static String render(@Nullable String template, ChatMessage... messages) {
    return ChatTemplate.of(new TextAssets("", template, "<s>", "</s>"))
        .render(new Conversation(List.of(messages)));
  }
}
