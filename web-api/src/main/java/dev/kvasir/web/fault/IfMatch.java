package dev.kvasir.web.fault;

import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * HTTP's If-Match: whether a change is meant for what has a tag.
 *
 * @param header its value; null if there is none, and the change is meant for whatever is there
 */
public record IfMatch(@Nullable String header) implements Predicate<String> {
  /** Whether any tag will do, as the client named none. */
  public boolean isAny() {
    return header == null;
  }

  @Override
  public boolean test(String tag) {
    return header == null
        || Arrays.stream(header.split(",", -1))
            .map(String::strip)
            .anyMatch(one -> one.equals("*") || one.equals('"' + tag + '"'));
  }
}
