package dev.kvasir.web.stream;

import dev.kvasir.completion.Completion;
import dev.kvasir.inference.GeneratedToken;
import java.util.List;

/** The wire form of the events of streamed answers; each is a record for JSON-B. */
public interface ChunkFormat {
  /** Before any text, with the first token; empty if the form has no such event. */
  List<Object> begin();

  /** A token that has text or log-probabilities. */
  Object token(GeneratedToken token);

  /** After all text: the finish reasons, the counts. */
  List<Object> end(Completion completion);
}
