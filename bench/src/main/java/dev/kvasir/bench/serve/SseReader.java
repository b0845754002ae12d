package dev.kvasir.bench.serve;

import java.util.Iterator;
import java.util.Optional;

/**
 * Takes the data of server-sent events out of a stream's lines (html.spec.whatwg.org, "Interpreting
 * an event stream"); what is not data is passed over.
 */
final class SseReader {
  private static final String FIELD = "data:";

  private final Iterator<String> lines;

  /** Reads lines as they come. */
  SseReader(Iterator<String> lines) {
    this.lines = lines;
  }

  /** The next event's data, its lines joined by line ends; empty at the end of the stream. */
  Optional<String> next() {
    StringBuilder data = null;
    while (lines.hasNext()) {
      String line = lines.next();
      if (line.isEmpty() && data != null) {
        return Optional.of(data.toString());
      }
      if (line.startsWith(FIELD)) {
        String value = line.substring(FIELD.length());
        data = data == null ? new StringBuilder() : data.append('\n');
        data.append(value.startsWith(" ") ? value.substring(1) : value);
      }
    }
    return Optional.empty(); // an event that the stream's end cut off is none
  }
}
