package dev.kvasir.web.completion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.completion.Completion;
import dev.kvasir.completion.CompletionChoice;
import dev.kvasir.inference.FinishReason;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.web.TestingCompletionService;
import dev.kvasir.web.json.WireJson;
import dev.kvasir.web.openai.ErrorBody;
import dev.kvasir.web.openai.ResponseRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Responses whole and as events, character for character. */
final class ResponseAnswerTest {
  private static final String RESPONSE =
      "{\"id\":\"resp_1\",\"object\":\"response\",\"created_at\":7,\"status\":\"%s\","
          + "\"error\":null,\"instructions\":\"Be brief.\","
          + "\"max_output_tokens\":5,\"model\":\"tiny\",\"output\":[%s],"
          + "\"parallel_tool_calls\":false,\"previous_response_id\":null,\"store\":false,"
          + "\"temperature\":0.5,\"text\":{\"format\":{\"type\":\"text\"}},"
          + "\"tool_choice\":\"none\",\"tools\":[],\"top_p\":1.0,\"truncation\":\"disabled\","
          + "\"usage\":%s,\"metadata\":{\"a\":\"b\"}%s}";
  private static final String MESSAGE =
      "{\"id\":\"msg_1\",\"type\":\"message\",\"status\":\"%s\",\"role\":\"assistant\","
          + "\"content\":[%s]}";
  private static final String TEXT =
      "{\"type\":\"output_text\",\"text\":\"%s\",\"annotations\":[],\"logprobs\":[]}";
  private static final String USAGE =
      "{\"input_tokens\":125,\"input_tokens_details\":{\"cached_tokens\":120},"
          + "\"output_tokens\":3,\"output_tokens_details\":{\"reasoning_tokens\":0},"
          + "\"total_tokens\":128}";
  private static final String KVASIR =
      ",\"kvasir\":{\"pool\":64,\"near\":32,\"local\":16,\"remote\":8,\"disk\":0,\"computed\":5,"
          + "\"miss_reason\":\"first_seen\",\"lookup_ms\":1.5,\"load_ms\":0.25,"
          + "\"prefill_ms\":12.0,\"node\":\"kvasir\",\"gaps\":[{\"reason\":\"first_seen\",\"tokens\":5}],\"request_id\":\"r-1\"}";
  private static final String PLACE =
      "\"output_index\":0,\"item_id\":\"msg_1\",\"content_index\":0,";

  private final ResponseAnswer answer =
      new ResponseAnswer(
          new AnswerHead("resp_1", 7, "tiny", "r-1", null),
          RequestBodies.body(
                  """
                  {"instructions": "Be brief.", "max_output_tokens": 5, "temperature": 0.5,
                   "metadata": {"a": "b"}}
                  """)
              .as(ResponseRequest.class));

  @Test
  void whole_completed_messageUsageReport() {
    assertEquals(
        completed(), WireJson.write(answer.whole(TestingCompletionService.completion("Hi"))));
  }

  @Test
  void whole_cutOff_incomplete() {
    String response = WireJson.write(answer.whole(cutOff()));

    assertTrue(
        response.contains(
            "\"status\":\"incomplete\",\"error\":null,"
                + "\"incomplete_details\":{\"reason\":\"max_output_tokens\"}"),
        response);
  }

  @Test
  void stream_events_numberedInOpenAisOrder() {
    List<Object> events = new ArrayList<>(answer.begin());
    events.add(answer.token(new GeneratedToken(1, "Hi", null)));
    events.addAll(answer.end(TestingCompletionService.completion("Hi")));

    String begun = RESPONSE.replace("\"usage\":%s,", "").formatted("in_progress", "", "");
    assertEquals(
        List.of(
            event("response.created", 0, "\"response\":" + begun),
            event("response.in_progress", 1, "\"response\":" + begun),
            event(
                "response.output_item.added",
                2,
                "\"output_index\":0,\"item\":" + MESSAGE.formatted("in_progress", "")),
            event("response.content_part.added", 3, PLACE + "\"part\":" + TEXT.formatted("")),
            event("response.output_text.delta", 4, PLACE + "\"delta\":\"Hi\",\"logprobs\":[]"),
            event("response.output_text.done", 5, PLACE + "\"text\":\"Hi\",\"logprobs\":[]"),
            event("response.content_part.done", 6, PLACE + "\"part\":" + TEXT.formatted("Hi")),
            event("response.output_item.done", 7, "\"output_index\":0,\"item\":" + message()),
            event("response.completed", 8, "\"response\":" + completed())),
        events.stream().map(WireJson::write).toList());
  }

  @Test
  void stream_cutOff_endsAsIncomplete() {
    List<Object> end = answer.end(cutOff());

    assertTrue(
        WireJson.write(end.get(end.size() - 1)).startsWith("{\"type\":\"response.incomplete\""));
  }

  @Test
  void stream_brokenOff_errorEvent() {
    assertEquals(
        event("error", 0, "\"code\":\"c\",\"message\":\"m\""),
        WireJson.write(
            answer.failure(new ErrorBody(new ErrorBody.Detail("m", "server_error", null, "c")))));
  }

  private static Completion cutOff() {
    return new Completion(
        List.of(new CompletionChoice("Hi", FinishReason.LENGTH, 3, List.of())),
        125,
        TestingCompletionService.REPORT);
  }

  private static String completed() {
    return RESPONSE.formatted("completed", message(), USAGE, KVASIR);
  }

  private static String message() {
    return MESSAGE.formatted("completed", TEXT.formatted("Hi"));
  }

  private static String event(String type, int number, String rest) {
    return "{\"type\":\"%s\",\"sequence_number\":%d,%s}".formatted(type, number, rest);
  }
}
