package dev.kvasir.web.completion;

import dev.kvasir.completion.Completion;
import dev.kvasir.inference.FinishReason;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.web.openai.ErrorBody;
import dev.kvasir.web.openai.ResponseEvent;
import dev.kvasir.web.openai.ResponseObject;
import dev.kvasir.web.openai.ResponseObject.OutputMessage;
import dev.kvasir.web.openai.ResponseObject.OutputText;
import dev.kvasir.web.openai.ResponseObject.ResponseUsage;
import dev.kvasir.web.openai.ResponseRequest;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The wire form of a response, whole or as a stream's events, which it numbers. For one request and
 * thread.
 */
final class ResponseAnswer implements AnswerForm {
  private static final String IN_PROGRESS = "in_progress";
  private static final String INCOMPLETE = "incomplete";
  private static final JsonValue ANY_TEXT = Json.createObjectBuilder().add("type", "text").build();

  private final AnswerHead head;
  private final ResponseRequest wire;
  private final String itemId;
  private int events;

  ResponseAnswer(AnswerHead head, ResponseRequest wire) {
    this.head = head;
    this.wire = wire;
    itemId = "msg_" + head.id().substring(head.id().indexOf('_') + 1);
  }

  @Override
  public ResponseObject whole(Completion completion) {
    return response(status(completion), completion);
  }

  @Override
  public List<Object> begin() {
    return List.of(
        ResponseEvent.ofResponse("response.created", next(), response(IN_PROGRESS, null)),
        ResponseEvent.ofResponse("response.in_progress", next(), response(IN_PROGRESS, null)),
        ResponseEvent.ofItem(
            "response.output_item.added",
            next(),
            new OutputMessage(itemId, "message", IN_PROGRESS, "assistant", List.of())),
        ResponseEvent.ofPart("response.content_part.added", next(), itemId, part("")));
  }

  @Override
  public Object token(GeneratedToken token) {
    return ResponseEvent.ofDelta(next(), itemId, token.text());
  }

  @Override
  public List<Object> end(Completion completion) {
    String status = status(completion);
    OutputMessage message = message(status, completion);
    return List.of(
        ResponseEvent.ofText(next(), itemId, completion.text()),
        ResponseEvent.ofPart(
            "response.content_part.done", next(), itemId, message.content().get(0)),
        ResponseEvent.ofItem("response.output_item.done", next(), message),
        ResponseEvent.ofResponse("response." + status, next(), response(status, completion)));
  }

  @Override
  public Object failure(ErrorBody error) {
    return ResponseEvent.ofError(next(), error.error());
  }

  @Override
  public boolean endsWithMark() {
    return false;
  }

  private int next() {
    return events++;
  }

  private static String status(Completion completion) {
    return completion.finishReason() == FinishReason.LENGTH ? INCOMPLETE : "completed";
  }

  private OutputMessage message(String status, Completion completion) {
    return new OutputMessage(
        itemId, "message", status, "assistant", List.of(part(completion.text())));
  }

  private static OutputText part(String text) {
    return new OutputText("output_text", text, List.of(), List.of());
  }

  private ResponseObject response(String status, @Nullable Completion completion) {
    return new ResponseObject(
        head.id(),
        "response",
        head.createdSeconds(),
        status,
        null,
        status.equals(INCOMPLETE)
            ? new ResponseObject.IncompleteDetails("max_output_tokens")
            : null,
        wire.instructions(),
        wire.maxOutputTokens(),
        head.model(),
        completion == null ? List.of() : List.of(message(status, completion)),
        false,
        null,
        false,
        Objects.requireNonNullElse(wire.temperature(), SamplingFields.DEFAULT_TEMPERATURE),
        new ResponseRequest.TextConfig(format()),
        "none",
        List.of(),
        Objects.requireNonNullElse(wire.topP(), SamplingFields.DEFAULT_TOP_P),
        "disabled",
        completion == null ? null : usage(completion),
        Objects.requireNonNullElse(wire.metadata(), Map.of()),
        completion == null ? null : Counts.report(completion.cache(), head));
  }

  private JsonValue format() {
    ResponseRequest.TextConfig text = wire.text();
    JsonValue format = text == null ? null : text.format();
    return format == null || format == JsonValue.NULL ? ANY_TEXT : format;
  }

  private static ResponseUsage usage(Completion completion) {
    return new ResponseUsage(
        completion.promptTokens(),
        new ResponseObject.InputTokensDetails(completion.cache().cachedTokens()),
        completion.newTokens(),
        new ResponseObject.OutputTokensDetails(0),
        completion.promptTokens() + completion.newTokens());
  }
}
