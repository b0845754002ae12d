package dev.kvasir.web.stream;

import dev.kvasir.completion.Completion;
import java.util.List;

/** The wire form of one streamed answer's events; each is a record for JSON-B. */
public interface ChunkFormat {
  /** Before any text, with the first token; empty if the form has no such event. */
  List<Object> begin();

  /** New text. */
  Object text(String text);

  /** After all text: the finish reason, the counts. */
  List<Object> end(Completion completion);
}
