package dev.kvasir.web.completion;

import dev.kvasir.completion.Completion;
import dev.kvasir.completion.CompletionChoice;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.inference.TokenLogprobs;
import dev.kvasir.web.openai.KvasirReport;
import dev.kvasir.web.openai.TextCompletion;
import dev.kvasir.web.openai.TextLogprobs;
import dev.kvasir.web.openai.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The wire form of plain completions, whole or as a stream. */
final class TextAnswer implements ChoicesForm {
  private final AnswerHead head;
  private final boolean includeUsage;
  private final List<TextLogprobForm> streamed; // (choices)

  TextAnswer(AnswerHead head, int choices, boolean includeUsage) {
    this.head = head;
    this.includeUsage = includeUsage;
    this.streamed = Stream.generate(TextLogprobForm::new).limit(choices).toList();
  }

  @Override
  public boolean includeUsage() {
    return includeUsage;
  }

  @Override
  public AnswerHead head() {
    return head;
  }

  @Override
  public TextCompletion whole(Completion completion) {
    List<TextCompletion.Choice> answers = new ArrayList<>();
    for (CompletionChoice choice : completion.choices()) {
      answers.add(
          new TextCompletion.Choice(
              answers.size(),
              choice.text(),
              new TextLogprobForm().next(choice.logprobs()),
              Counts.finishReason(choice)));
    }
    return answer(answers, Counts.usage(completion), Counts.report(completion.cache(), head));
  }

  @Override
  public List<Object> begin() {
    return List.of();
  }

  @Override
  public Object token(GeneratedToken token) {
    int choice = token.choice();
    TokenLogprobs logprobs = token.logprobs();
    TextLogprobs form = logprobs == null ? null : streamed.get(choice).next(List.of(logprobs));
    return answer(List.of(new TextCompletion.Choice(choice, token.text(), form, null)), null, null);
  }

  @Override
  public Object finish(int choice, String reason, @Nullable KvasirReport report) {
    return answer(List.of(new TextCompletion.Choice(choice, "", null, reason)), null, report);
  }

  @Override
  public Object counts(Usage usage, KvasirReport report) {
    return answer(List.of(), usage, report);
  }

  private TextCompletion answer(
      List<TextCompletion.Choice> choices, @Nullable Usage usage, @Nullable KvasirReport report) {
    return new TextCompletion(
        head.id(), "text_completion", head.createdSeconds(), head.model(), choices, usage, report);
  }
}
