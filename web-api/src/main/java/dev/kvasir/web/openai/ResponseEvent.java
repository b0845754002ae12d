package dev.kvasir.web.openai;

import dev.kvasir.web.openai.ResponseObject.OutputMessage;
import dev.kvasir.web.openai.ResponseObject.OutputText;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event of a streamed response; which components there are depends on its type.
 *
 * @param sequenceNumber counts a stream's events from 0
 * @param response as far as it has come
 * @param outputIndex place of the message among the response's output
 * @param contentIndex place of the text among the message's content
 * @param delta what is new of the text
 * @param text all of it
 */
@JsonbPropertyOrder({
  "type",
  "sequenceNumber",
  "response",
  "outputIndex",
  "item",
  "itemId",
  "contentIndex",
  "part",
  "delta",
  "text",
  "logprobs",
  "code",
  "message",
  "param"
})
public record ResponseEvent(
    String type,
    int sequenceNumber,
    @Nullable ResponseObject response,
    @Nullable Integer outputIndex,
    @Nullable OutputMessage item,
    @Nullable String itemId,
    @Nullable Integer contentIndex,
    @Nullable OutputText part,
    @Nullable String delta,
    @Nullable String text,
    @Nullable List<String> logprobs,
    @Nullable String code,
    @Nullable String message,
    @Nullable String param)
    implements NamedEvent {

  /** About the response as a whole. */
  public static ResponseEvent ofResponse(String type, int number, ResponseObject response) {
    return new ResponseEvent(
        type, number, response, null, null, null, null, null, null, null, null, null, null, null);
  }

  /** About its message. */
  public static ResponseEvent ofItem(String type, int number, OutputMessage item) {
    return new ResponseEvent(
        type, number, null, 0, item, null, null, null, null, null, null, null, null, null);
  }

  /** About the message's text as a part of it. */
  public static ResponseEvent ofPart(String type, int number, String itemId, OutputText part) {
    return new ResponseEvent(
        type, number, null, 0, null, itemId, 0, part, null, null, null, null, null, null);
  }

  /** More text. */
  public static ResponseEvent ofDelta(int number, String itemId, String delta) {
    return new ResponseEvent(
        "response.output_text.delta",
        number,
        null,
        0,
        null,
        itemId,
        0,
        null,
        delta,
        null,
        List.of(),
        null,
        null,
        null);
  }

  /** All of the text. */
  public static ResponseEvent ofText(int number, String itemId, String text) {
    return new ResponseEvent(
        "response.output_text.done",
        number,
        null,
        0,
        null,
        itemId,
        0,
        null,
        null,
        text,
        List.of(),
        null,
        null,
        null);
  }

  /** What broke the stream off. */
  public static ResponseEvent ofError(int number, ErrorBody.Detail error) {
    return new ResponseEvent(
        "error",
        number,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        error.code(),
        error.message(),
        error.param());
  }
}
