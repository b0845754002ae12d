package dev.kvasir.web.completion;

import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.json.WireNames;
import dev.kvasir.web.openai.KvasirOptions;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.stream.Stream;

/**
 * Fields that Kvasir does not act on. Those of OpenAI's and of other servers' that would change the
 * answer are allowed only with the value that changes nothing; in our own object only known ones
 * are.
 *
 * @param rules for the request's own fields
 * @param messageRules for those of its messages
 */
record UnsupportedFields(List<FieldRule> rules, List<FieldRule> messageRules) {
  private static final List<FieldRule> MESSAGE =
      List.of(FieldRule.never("function_call"), FieldRule.never("audio"));

  /** Other servers' fields that keep answers to a form or change how tokens are chosen. */
  private static final List<FieldRule> OTHER_SERVERS =
      Stream.concat(
              Stream.of(
                      "guided_json",
                      "guided_regex",
                      "guided_choice",
                      "guided_grammar",
                      "structured_outputs",
                      "grammar",
                      "json_schema",
                      "regex",
                      "ebnf")
                  .map(
                      field ->
                          FieldRule.never(
                              field, "null; response_format keeps answers to a JSON schema")),
              Stream.of(
                  FieldRule.number("typical_p", 1),
                  FieldRule.number("mirostat", 0),
                  FieldRule.number("dry_multiplier", 0),
                  FieldRule.number("xtc_probability", 0),
                  FieldRule.number("repeat_penalty", 1),
                  FieldRule.exactly("use_beam_search", JsonValue.FALSE),
                  FieldRule.emptyArray("stop_token_ids"),
                  FieldRule.emptyArray("allowed_token_ids"),
                  FieldRule.emptyArray("bad_words"),
                  FieldRule.never("chat_template"),
                  FieldRule.emptyObject("chat_template_kwargs")))
          .toList();

  /** Those of completions where the model is shown tools. */
  static final UnsupportedFields WITH_TOOLS =
      new UnsupportedFields(
          with(
              OTHER_SERVERS,
              FieldRule.number("best_of", 1),
              FieldRule.number("repetition_penalty", 1),
              FieldRule.number("min_tokens", 0),
              FieldRule.emptyArray("functions"),
              FieldRule.noChoice("function_call"),
              FieldRule.exactly("modalities", Json.createArrayBuilder().add("text").build()),
              FieldRule.never("audio"),
              FieldRule.never("web_search_options"),
              FieldRule.exactly("echo", JsonValue.FALSE),
              FieldRule.exactly("suffix", Json.createValue(""))),
          MESSAGE);

  /** Those of completions of either kind. */
  static final UnsupportedFields COMPLETION = WITH_TOOLS.withoutTools();

  /** Those of vLLM's {@code /tokenize} where the model is shown tools. */
  static final UnsupportedFields TOKENIZE_WITH_TOOLS =
      new UnsupportedFields(
          List.of(
              FieldRule.exactly("continue_final_message", JsonValue.FALSE),
              FieldRule.never("chat_template"),
              FieldRule.emptyObject("chat_template_kwargs"),
              FieldRule.emptyObject("mm_processor_kwargs")),
          MESSAGE);

  /** Those of {@code /tokenize}. */
  static final UnsupportedFields TOKENIZE = TOKENIZE_WITH_TOOLS.withoutTools();

  /** Those of responses. */
  static final UnsupportedFields RESPONSE =
      new UnsupportedFields(
          List.of(
              FieldRule.never(
                  "previous_response_id",
                  "null: responses are not stored here. Send the earlier turns in input; what was"
                      + " computed of them is cached"),
              FieldRule.never("conversation"),
              FieldRule.never("prompt"),
              FieldRule.exactly("background", JsonValue.FALSE),
              FieldRule.emptyArray("tools"),
              FieldRule.noChoice("tool_choice"),
              FieldRule.exactly("truncation", Json.createValue("disabled")),
              FieldRule.number("top_logprobs", 0),
              FieldRule.emptyArray("include")),
          MESSAGE);

  private UnsupportedFields withoutTools() {
    return new UnsupportedFields(
        with(rules, FieldRule.noTools(), FieldRule.noChoice("tool_choice")),
        with(messageRules, FieldRule.emptyArray("tool_calls")));
  }

  private static List<FieldRule> with(List<FieldRule> rules, FieldRule... more) {
    return Stream.concat(rules.stream(), Stream.of(more)).toList();
  }

  /**
   * Checks a request.
   *
   * @throws RequestFault naming the first field that is not allowed
   */
  void check(JsonObject request) {
    rules.forEach(rule -> rule.check(request, ""));
    if (request.get("kvasir") instanceof JsonObject options) {
      checkKnown(options);
    }
    if (request.get("messages") instanceof List<?> messages) {
      for (int i = 0; i < messages.size(); i++) {
        if (messages.get(i) instanceof JsonObject message) {
          String prefix = "messages[%d].".formatted(i);
          messageRules.forEach(rule -> rule.check(message, prefix));
        }
      }
    }
  }

  /** Here, unlike in OpenAI's fields, all names are ours: another one is a slip. */
  private static void checkKnown(JsonObject options) {
    List<String> known =
        Stream.of(KvasirOptions.class.getRecordComponents()).map(WireNames::of).toList();
    for (String name : options.keySet()) {
      if (!known.contains(name)) {
        throw RequestFault.unsupported(
            "kvasir." + Quoted.of(name),
            "kvasir.%s is not known; kvasir takes only: %s. Mend the name or leave it out."
                .formatted(Quoted.of(name), String.join(", ", known)));
      }
    }
  }
}
