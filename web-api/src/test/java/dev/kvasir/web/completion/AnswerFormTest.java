package dev.kvasir.web.completion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.completion.Completion;
import dev.kvasir.completion.CompletionChoice;
import dev.kvasir.inference.FinishReason;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.inference.TokenLogprob;
import dev.kvasir.inference.TokenLogprobs;
import dev.kvasir.web.TestingCompletionService;
import dev.kvasir.web.json.WireJson;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The events of streamed answers, character for character. */
final class AnswerFormTest {
  private static final AnswerHead HEAD = new AnswerHead("id", 7, "tiny", "r-1", null);
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
      ",\"kvasir\":{\"pool\":64,\"near\":32,\"local\":16,\"remote\":8,\"disk\":0,\"computed\":5,"
          + "\"miss_reason\":\"first_seen\",\"lookup_ms\":1.5,\"load_ms\":0.25,"
          + "\"prefill_ms\":12.0,\"node\":\"kvasir\",\"gaps\":[{\"reason\":\"first_seen\",\"tokens\":5}],\"request_id\":\"r-1\"}";
  private static final String CHAT_STOP =
      "{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"stop\"}";
  private static final String TEXT_STOP =
      "{\"index\":0,\"text\":\"\",\"logprobs\":null,\"finish_reason\":\"stop\"}";

  private static final String SECOND =
      "{\"index\":1,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"length\"}";
  private static final Completion TWO =
      new Completion(
          List.of(
              new CompletionChoice("a", FinishReason.STOP, 3, List.of()),
              new CompletionChoice("b", FinishReason.LENGTH, 4, List.of())),
          125,
          TestingCompletionService.REPORT);

  @Test
  void chat_stream_roleFirst() {
    ChatAnswer answer = new ChatAnswer(HEAD, 1, false);

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
        WireJson.write(answer.token(new GeneratedToken(1, "H", null))));
  }

  @Test
  void chat_end_reportInLastChunk() {
    assertEquals(
        List.of(CHAT.formatted(CHAT_STOP, KVASIR)),
        json(new ChatAnswer(HEAD, 1, false).end(COMPLETION)));
    assertEquals(
        List.of(CHAT.formatted(CHAT_STOP, ""), CHAT.formatted("", USAGE + KVASIR)),
        json(new ChatAnswer(HEAD, 1, true).end(COMPLETION)));
  }

  @Test
  void text_end_reportInLastChunk() {
    assertEquals(List.of(), new TextAnswer(HEAD, 1, false).begin());
    assertEquals(
        List.of(TEXT.formatted(TEXT_STOP, KVASIR)),
        json(new TextAnswer(HEAD, 1, false).end(COMPLETION)));
    assertEquals(
        List.of(TEXT.formatted(TEXT_STOP, ""), TEXT.formatted("", USAGE + KVASIR)),
        json(new TextAnswer(HEAD, 1, true).end(COMPLETION)));
  }

  @Test
  void whole_both_textUsageReport() {
    assertEquals(
        CHAT.replace(".chunk", "")
            .formatted(
                "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hi\","
                    + "\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}",
                USAGE + KVASIR),
        WireJson.write(new ChatAnswer(HEAD, 1, false).whole(COMPLETION)));
    assertEquals(
        TEXT.formatted(TEXT_STOP.replace("\"text\":\"\"", "\"text\":\"Hi\""), USAGE + KVASIR),
        WireJson.write(new TextAnswer(HEAD, 1, false).whole(COMPLETION)));
  }

  @Test
  void chat_logprobs_wholeAndStreamed() {
    String content =
        "{\"token\":\"x\",\"logprob\":-1.0,\"bytes\":[120],\"top_logprobs\":["
            + "{\"token\":\"y\",\"logprob\":-0.5,\"bytes\":[121]}]}";
    String logprobs = "\"logprobs\":{\"content\":[%s],\"refusal\":null}";
    TokenLogprobs token = logprobs('x', logprob(-0.5, 'y'));
    ChatAnswer answer = new ChatAnswer(HEAD, 1, false);

    assertContains(logprobs.formatted(content), answer.token(generated(token)));
    assertContains(
        logprobs.formatted(content + "," + content),
        answer.whole(TestingCompletionService.completion("xx", List.of(token, token))));
  }

  @Test
  void text_logprobs_offsetsGoOnInAStream() {
    TokenLogprobs word = logprobs('x', logprob(-0.5, 'y'));
    TokenLogprobs firstByte = logprobs(0xC3);
    TokenLogprobs secondByte = logprobs(0xA9);
    TextAnswer answer = new TextAnswer(HEAD, 1, false);

    assertContains(
        "\"logprobs\":{\"tokens\":[\"x\",\"\uFFFD\",\"\uFFFD\",\"x\"],"
            + "\"token_logprobs\":[-1.0,-1.0,-1.0,-1.0],\"top_logprobs\":["
            + "{\"y\":-0.5,\"x\":-1.0},{\"\uFFFD\":-1.0},{\"\uFFFD\":-1.0},"
            + "{\"y\":-0.5,\"x\":-1.0}],\"text_offset\":[0,1,1,2]}",
        answer.whole(
            TestingCompletionService.completion(
                "x\u00e9x", List.of(word, firstByte, secondByte, word))));
    assertContains("\"text_offset\":[0]", answer.token(generated(word)));
    assertContains("\"text_offset\":[1]", answer.token(generated(firstByte)));
    assertContains("\"text_offset\":[1]", answer.token(generated(secondByte)));
    assertContains("\"text_offset\":[2]", answer.token(generated(word)));
  }

  private static TokenLogprobs logprobs(int utf8, TokenLogprob... top) {
    return new TokenLogprobs(logprob(-1, utf8), List.of(top));
  }

  private static TokenLogprob logprob(double logprob, int utf8) {
    return new TokenLogprob(utf8, logprob, ByteBuffer.wrap(new byte[] {(byte) utf8}));
  }

  private static GeneratedToken generated(TokenLogprobs logprobs) {
    return new GeneratedToken(0, 1, "", null, logprobs);
  }

  private static void assertContains(String part, Object wire) {
    String json = WireJson.write(wire);
    assertTrue(json.contains(part), json);
  }

  @Test
  void several_whole_indexedAndCountedTogether() {
    String usage = "\"usage\":{\"prompt_tokens\":125,\"completion_tokens\":7,\"total_tokens\":132,";
    Object chat = new ChatAnswer(HEAD, 2, false).whole(TWO);
    Object text = new TextAnswer(HEAD, 2, false).whole(TWO);

    assertContains("{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"a\"", chat);
    assertContains("{\"index\":1,\"message\":{\"role\":\"assistant\",\"content\":\"b\"", chat);
    assertContains("\"finish_reason\":\"length\"", chat);
    assertContains(usage, chat);
    assertContains(
        "{\"index\":1,\"text\":\"b\",\"logprobs\":null,\"finish_reason\":\"length\"}]", text);
    assertContains(usage, text);
  }

  @Test
  void several_stream_eachEventNamesItsAnswer() {
    GeneratedToken token = new GeneratedToken(1, 7, "b", null, logprobs('b'));
    ChatAnswer chat = new ChatAnswer(HEAD, 2, false);
    TextAnswer text = new TextAnswer(HEAD, 2, true);

    assertEquals(2, chat.begin().size());
    assertContains("{\"index\":1,\"delta\":{\"role\":\"assistant\"", chat.begin().get(1));
    assertContains("{\"index\":1,\"delta\":{\"content\":\"b\"}", chat.token(token));
    text.token(generated(logprobs('a'))); // has offsets of its own
    assertContains("{\"index\":1,\"text\":\"b\"", text.token(token));
    assertContains("\"text_offset\":[1]", text.token(token));
    assertEquals(
        List.of(CHAT.formatted(CHAT_STOP, ""), CHAT.formatted(SECOND, KVASIR)),
        json(chat.end(TWO)));
    assertEquals(3, text.end(TWO).size());
  }

  @Test
  void head_each_itsOwnId() {
    AnswerHead head = AnswerHead.of("cmpl-", RequestBodies.ARRIVAL, "tiny", null);

    assertEquals(12, head.createdSeconds());
    assertNotEquals(head.id(), AnswerHead.of("cmpl-", RequestBodies.ARRIVAL, "tiny", null).id());
  }

  private static List<String> json(List<Object> events) {
    return events.stream().map(WireJson::write).toList();
  }
}
