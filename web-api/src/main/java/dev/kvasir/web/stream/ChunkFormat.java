package dev.kvasir.web.stream;

import dev.kvasir.completion.Completion;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.web.openai.ErrorBody;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The wire form of the events of streamed answers; each is a record for JSON-B. */
public interface ChunkFormat {
  /** Before any text, with the first token; empty if the form has no such event. */
  List<Object> begin();

  /** A token that has text or log-probabilities; null if nothing is to be told of it yet. */
  @Nullable Object token(GeneratedToken token);

  /** After all text: the finish reasons, the counts. */
  List<Object> end(Completion completion);

  /** What ends a stream that has begun and broke off. */
  default Object failure(ErrorBody error) {
    return error;
  }

  /** Whether {@code [DONE]} is the last of a whole stream. */
  default boolean endsWithMark() {
    return true;
  }
}
