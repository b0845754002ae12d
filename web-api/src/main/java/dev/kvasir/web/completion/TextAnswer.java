package dev.kvasir.web.completion;

import dev.kvasir.completion.Completion;
import dev.kvasir.web.openai.KvasirReport;
import dev.kvasir.web.openai.TextCompletion;
import dev.kvasir.web.openai.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The wire form of a plain completion, whole or as a stream. */
record TextAnswer(AnswerHead head, boolean includeUsage) implements AnswerForm {
  @Override
  public TextCompletion whole(Completion completion) {
    return answer(
        choice(completion.text(), Counts.finishReason(completion)),
        Counts.usage(completion),
        Counts.report(completion.cache()));
  }

  @Override
  public List<Object> begin() {
    return List.of();
  }

  @Override
  public Object text(String text) {
    return answer(choice(text, null), null, null);
  }

  @Override
  public List<Object> end(Completion completion) {
    KvasirReport report = Counts.report(completion.cache());
    List<Object> events = new ArrayList<>();
    events.add(
        answer(choice("", Counts.finishReason(completion)), null, includeUsage ? null : report));
    if (includeUsage) {
      events.add(answer(List.of(), Counts.usage(completion), report));
    }
    return events;
  }

  private static List<TextCompletion.Choice> choice(String text, @Nullable String finishReason) {
    return List.of(new TextCompletion.Choice(0, text, null, finishReason));
  }

  private TextCompletion answer(
      List<TextCompletion.Choice> choices, @Nullable Usage usage, @Nullable KvasirReport report) {
    return new TextCompletion(
        head.id(), "text_completion", head.createdSeconds(), head.model(), choices, usage, report);
  }
}
