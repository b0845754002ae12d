package dev.kvasir.web.completion;

import dev.kvasir.completion.Completion;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.inference.TokenLogprobs;
import dev.kvasir.web.openai.KvasirReport;
import dev.kvasir.web.openai.TextCompletion;
import dev.kvasir.web.openai.TextLogprobs;
import dev.kvasir.web.openai.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The wire form of a plain completion, whole or as a stream. */
final class TextAnswer implements AnswerForm {
  private final AnswerHead head;
  private final boolean includeUsage;
  private final TextLogprobForm streamed = new TextLogprobForm();

  TextAnswer(AnswerHead head, boolean includeUsage) {
    this.head = head;
    this.includeUsage = includeUsage;
  }

  @Override
  public TextCompletion whole(Completion completion) {
    return answer(
        choice(
            completion.text(),
            new TextLogprobForm().next(completion.logprobs()),
            Counts.finishReason(completion)),
        Counts.usage(completion),
        Counts.report(completion.cache()));
  }

  @Override
  public List<Object> begin() {
    return List.of();
  }

  @Override
  public Object token(GeneratedToken token) {
    TokenLogprobs logprobs = token.logprobs();
    TextLogprobs form = logprobs == null ? null : streamed.next(List.of(logprobs));
    return answer(choice(token.text(), form, null), null, null);
  }

  @Override
  public List<Object> end(Completion completion) {
    KvasirReport report = Counts.report(completion.cache());
    List<Object> events = new ArrayList<>();
    events.add(
        answer(
            choice("", null, Counts.finishReason(completion)), null, includeUsage ? null : report));
    if (includeUsage) {
      events.add(answer(List.of(), Counts.usage(completion), report));
    }
    return events;
  }

  private static List<TextCompletion.Choice> choice(
      String text, @Nullable TextLogprobs logprobs, @Nullable String finishReason) {
    return List.of(new TextCompletion.Choice(0, text, logprobs, finishReason));
  }

  private TextCompletion answer(
      List<TextCompletion.Choice> choices, @Nullable Usage usage, @Nullable KvasirReport report) {
    return new TextCompletion(
        head.id(), "text_completion", head.createdSeconds(), head.model(), choices, usage, report);
  }
}
