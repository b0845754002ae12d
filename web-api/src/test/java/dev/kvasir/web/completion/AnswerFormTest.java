package dev.kvasir.web.completion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.kvasir.completion.Completion;
import dev.kvasir.web.TestingCompletionService;
import dev.kvasir.web.json.WireJson;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The events of streamed answers, character for character. */
final class AnswerFormTest {
  private static final AnswerHead HEAD = new AnswerHead("id", 7, "tiny");
  private static final Completion COMPLETION = TestingCompletionService.completion("Hi");

  private static final String CHAT =
      "{\"id\":\"id\",\"object\":\"chat.completion.chunk\",\"created\":7,\"model\":\"tiny\","
          + "\"choices\":[%s]%s}";
  private static final String TEXT =
      "{\"id\":\"id\",\"object\":\"text_completion\",\"created\":7,\"model\":\"tiny\","
          + "\"choices\":[%s]%s}";
  private static final String USAGE =
      ",\"usage\":{\"prompt_tokens\":125,\"completion_tokens\":3,\"total_tokens\":128,"
          + "\"prompt_tokens_details\":{\"cached_tokens\":120}}";
  private static final String KVASIR =
      ",\"kvasir\":{\"pool\":64,\"near\":32,\"local\":16,\"remote\":8,\"computed\":5,"
          + "\"miss_reason\":\"not_cached\",\"lookup_ms\":1.5,\"load_ms\":0.25,"
          + "\"prefill_ms\":12.0,\"node\":\"kvasir\"}";
  private static final String CHAT_STOP =
      "{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"stop\"}";
  private static final String TEXT_STOP =
      "{\"index\":0,\"text\":\"\",\"logprobs\":null,\"finish_reason\":\"stop\"}";

  @Test
  void chat_stream_roleFirst() {
    ChatAnswer answer = new ChatAnswer(HEAD, false);

    assertEquals(
        List.of(
            CHAT.formatted(
                "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},"
                    + "\"logprobs\":null,\"finish_reason\":null}",
                "")),
        json(answer.begin()));
    assertEquals(
        CHAT.formatted(
            "{\"index\":0,\"delta\":{\"content\":\"H\"},\"logprobs\":null,"
                + "\"finish_reason\":null}",
            ""),
        WireJson.write(answer.text("H")));
  }

  @Test
  void chat_end_reportInLastChunk() {
    assertEquals(
        List.of(CHAT.formatted(CHAT_STOP, KVASIR)),
        json(new ChatAnswer(HEAD, false).end(COMPLETION)));
    assertEquals(
        List.of(CHAT.formatted(CHAT_STOP, ""), CHAT.formatted("", USAGE + KVASIR)),
        json(new ChatAnswer(HEAD, true).end(COMPLETION)));
  }

  @Test
  void text_end_reportInLastChunk() {
    assertEquals(List.of(), new TextAnswer(HEAD, false).begin());
    assertEquals(
        List.of(TEXT.formatted(TEXT_STOP, KVASIR)),
        json(new TextAnswer(HEAD, false).end(COMPLETION)));
    assertEquals(
        List.of(TEXT.formatted(TEXT_STOP, ""), TEXT.formatted("", USAGE + KVASIR)),
        json(new TextAnswer(HEAD, true).end(COMPLETION)));
  }

  @Test
  void whole_both_textUsageReport() {
    assertEquals(
        CHAT.replace(".chunk", "")
            .formatted(
                "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hi\","
                    + "\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}",
                USAGE + KVASIR),
        WireJson.write(new ChatAnswer(HEAD, false).whole(COMPLETION)));
    assertEquals(
        TEXT.formatted(TEXT_STOP.replace("\"text\":\"\"", "\"text\":\"Hi\""), USAGE + KVASIR),
        WireJson.write(new TextAnswer(HEAD, false).whole(COMPLETION)));
  }

  @Test
  void head_each_itsOwnId() {
    AnswerHead head = AnswerHead.of("cmpl-", 12_345, "tiny");

    assertEquals(12, head.createdSeconds());
    assertNotEquals(head.id(), AnswerHead.of("cmpl-", 12_345, "tiny").id());
  }

  private static List<String> json(List<Object> events) {
    return events.stream().map(WireJson::write).toList();
  }
}
