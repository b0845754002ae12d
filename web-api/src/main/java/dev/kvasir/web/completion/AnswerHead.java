package dev.kvasir.web.completion;

import dev.kvasir.web.openai.KvasirRoute;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What all pieces of one answer share.
 *
 * @param id unique
 * @param createdSeconds when the request arrived, epoch seconds
 * @param model id of the model
 * @param requestId by which the request is found again
 * @param route where the prompt's prefix was; null unless it is told
 */
record AnswerHead(
    String id, long createdSeconds, String model, String requestId, @Nullable KvasirRoute route) {
  static AnswerHead of(
      String idPrefix, Arrival arrival, String model, @Nullable KvasirRoute route) {
    String unique = UUID.randomUUID().toString().replace("-", "");
    return new AnswerHead(
        idPrefix + unique, arrival.epochMillis() / 1000, model, arrival.id(), route);
  }
}
