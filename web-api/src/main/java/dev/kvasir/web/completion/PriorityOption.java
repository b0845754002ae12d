package dev.kvasir.web.completion;

import dev.kvasir.completion.Priority;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.openai.KvasirOptions;
import org.jspecify.annotations.Nullable;

/** How urgent a request is: {@code "kvasir": {"priority": "high" | "normal" | "low"}}. */
final class PriorityOption {
  private PriorityOption() {}

  static Priority of(@Nullable KvasirOptions options) {
    String asked = options == null ? null : options.priority();
    if (asked == null) {
      return Priority.NORMAL;
    }
    for (Priority priority : Priority.values()) {
      if (priority.label().equals(asked)) {
        return priority;
      }
    }
    throw RequestFault.invalid(
        "kvasir.priority",
        "kvasir.priority is \"%s\", but must be \"high\", \"normal\" or \"low\"."
            .formatted(Quoted.of(asked)));
  }
}
