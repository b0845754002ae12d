package dev.kvasir.web.completion;

import dev.kvasir.completion.Completion;
import dev.kvasir.completion.CompletionChoice;
import dev.kvasir.web.openai.KvasirReport;
import dev.kvasir.web.openai.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The wire form of answers that may be several, each of which ends by itself. */
interface ChoicesForm extends AnswerForm {
  /** What all pieces of the answer share. */
  AnswerHead head();

  /** Whether a stream's last event tells the token counts. */
  boolean includeUsage();

  /** The event that ends one answer. */
  Object finish(int choice, String reason, @Nullable KvasirReport report);

  /** The event that tells the token counts. */
  Object counts(Usage usage, KvasirReport report);

  @Override
  default List<Object> end(Completion completion) {
    KvasirReport report = Counts.report(completion.cache(), head());
    List<CompletionChoice> choices = completion.choices();
    List<Object> events = new ArrayList<>();
    for (int choice = 0; choice < choices.size(); choice++) {
      boolean last = choice == choices.size() - 1 && !includeUsage();
      events.add(finish(choice, Counts.finishReason(choices.get(choice)), last ? report : null));
    }
    if (includeUsage()) {
      events.add(counts(Counts.usage(completion), report));
    }
    return events;
  }
}
