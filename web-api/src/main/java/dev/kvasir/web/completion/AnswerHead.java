package dev.kvasir.web.completion;

import java.util.UUID;

/**
 * What all pieces of one answer share.
 *
 * @param id unique
 * @param createdSeconds when the request arrived, epoch seconds
 * @param model id of the model
 * @param requestId by which the request is found again
 */
record AnswerHead(String id, long createdSeconds, String model, String requestId) {
  static AnswerHead of(String idPrefix, Arrival arrival, String model) {
    String unique = UUID.randomUUID().toString().replace("-", "");
    return new AnswerHead(idPrefix + unique, arrival.epochMillis() / 1000, model, arrival.id());
  }
}
