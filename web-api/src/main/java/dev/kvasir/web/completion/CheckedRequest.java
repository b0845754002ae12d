package dev.kvasir.web.completion;

import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.inference.ModelInfo;
import dev.kvasir.inference.SequenceRequest;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.json.JsonBody;
import dev.kvasir.web.openai.CompletionFields;
import dev.kvasir.web.openai.KvasirRoute;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request of the wire with everything in it checked.
 *
 * @param request as the completion service takes it
 * @param answers the wire form of its answer, by the route that it tells of, if any
 * @param streams whether that comes as server-sent events
 * @param formatField that names the form of the answer
 */
record CheckedRequest(
    CompletionRequest request,
    Function<@Nullable KvasirRoute, AnswerForm> answers,
    boolean streams,
    String formatField) {
  /**
   * Checks and translates.
   *
   * @throws RequestFault naming the first field that is not as it must be
   */
  static <W extends Record & CompletionFields> CheckedRequest of(
      CompletionKind<W> kind, JsonBody body, ModelInfo model, Arrival arrival) {
    kind.unsupported(model).check(body.tree());
    W wire = body.as(kind.wireType());
    ServedModel.require(wire.model(), model);
    int choices = choices(wire);
    CompletionRequest request =
        new CompletionRequest(
            arrival.tenant(),
            kind.prompt(wire),
            SamplingFields.toParams(kind, wire, model.vocabularySize()),
            kind.maxNewTokens(wire, model.contextTokens()),
            choices,
            CacheOption.of(wire.kvasir()),
            SharingFields.of(wire),
            PriorityOption.of(wire.kvasir()),
            arrival.nanos(),
            arrival.id(),
            PassagesOption.of(wire.kvasir()));
    return new CheckedRequest(
        request,
        route ->
            kind.answer(AnswerHead.of(kind.idPrefix(), arrival, model.id(), route), choices, wire),
        Boolean.TRUE.equals(wire.stream()),
        kind.formatField(wire));
  }

  /** The wire form of its answer, which tells of no route. */
  AnswerForm answer() {
    return answers.apply(null);
  }

  private static int choices(CompletionFields wire) {
    int choices = Objects.requireNonNullElse(wire.n(), 1);
    if (choices < 1 || choices > SequenceRequest.MAX_CHOICES) {
      throw RequestFault.invalid(
          "n",
          "n is %d, but must be from 1 to %d.".formatted(choices, SequenceRequest.MAX_CHOICES));
    }
    return choices;
  }
}
