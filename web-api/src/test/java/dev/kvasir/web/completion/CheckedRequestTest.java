package dev.kvasir.web.completion;

import static dev.kvasir.web.FaultAssertions.assertFault;
import static dev.kvasir.web.FaultAssertions.faultOf;
import static dev.kvasir.web.completion.RequestBodies.chat;
import static dev.kvasir.web.completion.RequestBodies.chatWith;
import static dev.kvasir.web.completion.RequestBodies.checked;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.completion.Priority;
import dev.kvasir.web.TestingCompletionService;
import dev.kvasir.web.json.WireJson;
import org.junit.jupiter.api.Test;

/** What both kinds of requests share. */
final class CheckedRequestTest {
  private static final String TEXT = "{\"model\": \"tiny\", \"prompt\": \"Hi\"}";

  @Test
  void of_eachKind_answersInItsForm() {
    String chat = whole(checked(new ChatKind(), chatWith("")));
    String text = whole(checked(new TextKind(), TEXT));

    assertTrue(
        chat.matches("\\{\"id\":\"chatcmpl-\\w{32}\",\"object\":\"chat.completion\",.*"), chat);
    assertTrue(text.matches("\\{\"id\":\"cmpl-\\w{32}\",\"object\":\"text_completion\",.*"), text);
    assertTrue(chat.contains("\"created\":12,"), "seconds of its arrival: " + chat);
  }

  private static String whole(CheckedRequest request) {
    return WireJson.write(request.answer().whole(TestingCompletionService.completion("Hi")));
  }

  @Test
  void of_n_thatManyChoices() {
    assertEquals(1, checked(new ChatKind(), chatWith("")).request().choices());
    CheckedRequest three = checked(new ChatKind(), chatWith("\"n\": 3"));
    assertEquals(3, three.request().choices());
    assertEquals(3, three.answer().begin().size());
  }

  @Test
  void of_arrival_carriedOn() {
    assertEquals(
        RequestBodies.ARRIVAL.nanos(),
        checked(new ChatKind(), chatWith("")).request().arrivalNanos());
  }

  @Test
  void of_priority_byItsNameElseNormal() {
    assertEquals(Priority.NORMAL, chat(chatWith("")).priority());
    assertEquals(Priority.NORMAL, chat(chatWith("\"kvasir\": {}")).priority());
    for (Priority priority : Priority.values()) {
      String field = "\"kvasir\": {\"priority\": \"%s\"}".formatted(priority.label());
      assertEquals(priority, chat(chatWith(field)).priority());
    }
    assertFault(
        faultOf(() -> chat(chatWith("\"kvasir\": {\"priority\": \"urgent\"}"))),
        "kvasir.priority",
        "invalid_value");
  }

  @Test
  void of_streamFields_said() {
    CheckedRequest plain = checked(new ChatKind(), chatWith("\"stream\": false"));
    CheckedRequest stream = checked(new ChatKind(), chatWith("\"stream\": true"));
    CheckedRequest withUsage =
        checked(
            new ChatKind(),
            chatWith("\"stream\": true, \"stream_options\": {\"include_usage\": true}"));

    assertFalse(plain.streams());
    assertTrue(stream.streams());
    assertEquals(1, stream.answer().end(TestingCompletionService.completion("Hi")).size());
    assertEquals(2, withUsage.answer().end(TestingCompletionService.completion("Hi")).size());
  }

  @Test
  void of_severalFaults_unsupportedFieldsFirstThenTheModel() {
    String both = chatWith("\"best_of\": 2, \"temperature\": 9").replace("tiny", "other");
    assertFault(faultOf(() -> checked(new ChatKind(), both)), "best_of", "unsupported_parameter");
    assertFault(
        faultOf(() -> checked(new ChatKind(), both.replace("2", "1"))), "model", "model_not_found");
  }
}
