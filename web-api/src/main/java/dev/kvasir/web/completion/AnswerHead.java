package dev.kvasir.web.completion;

import java.util.UUID;

/**
 * What all pieces of one answer share.
 *
 * @param id unique
 * @param createdSeconds when the request arrived, epoch seconds
 * @param model id of the model
 */
record AnswerHead(String id, long createdSeconds, String model) {
  static AnswerHead of(String idPrefix, long arrivalMillis, String model) {
    String unique = UUID.randomUUID().toString().replace("-", "");
    return new AnswerHead(idPrefix + unique, arrivalMillis / 1000, model);
  }
}
