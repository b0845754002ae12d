package dev.kvasir.web.completion;

import dev.kvasir.completion.Completion;
import dev.kvasir.web.stream.ChunkFormat;

/** The wire form of all answers, as a stream's events or whole; each is a record for JSON-B. */
interface AnswerForm extends ChunkFormat {
  /** All of it at once. */
  Object whole(Completion completion);
}
