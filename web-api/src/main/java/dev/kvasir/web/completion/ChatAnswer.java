package dev.kvasir.web.completion;

import dev.kvasir.completion.Completion;
import dev.kvasir.web.openai.ChatCompletion;
import dev.kvasir.web.openai.ChatCompletionChunk;
import dev.kvasir.web.openai.KvasirReport;
import dev.kvasir.web.openai.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The wire form of a chat's answer, whole or as a stream. */
record ChatAnswer(AnswerHead head, boolean includeUsage) implements AnswerForm {
  private static final String ROLE = "assistant";

  @Override
  public ChatCompletion whole(Completion completion) {
    return new ChatCompletion(
        head.id(),
        "chat.completion",
        head.createdSeconds(),
        head.model(),
        List.of(
            new ChatCompletion.Choice(
                0,
                new ChatCompletion.Message(ROLE, completion.text(), null),
                null,
                Counts.finishReason(completion))),
        Counts.usage(completion),
        Counts.report(completion.cache()));
  }

  @Override
  public List<Object> begin() {
    return List.of(chunk(new ChatCompletionChunk.Delta(ROLE, ""), null, null));
  }

  @Override
  public Object text(String text) {
    return chunk(new ChatCompletionChunk.Delta(null, text), null, null);
  }

  @Override
  public List<Object> end(Completion completion) {
    KvasirReport report = Counts.report(completion.cache());
    List<Object> events = new ArrayList<>();
    events.add(
        chunk(
            new ChatCompletionChunk.Delta(null, null),
            Counts.finishReason(completion),
            includeUsage ? null : report));
    if (includeUsage) {
      events.add(chunk(List.of(), Counts.usage(completion), report));
    }
    return events;
  }

  private ChatCompletionChunk chunk(
      ChatCompletionChunk.Delta delta,
      @Nullable String finishReason,
      @Nullable KvasirReport report) {
    return chunk(
        List.of(new ChatCompletionChunk.Choice(0, delta, null, finishReason)), null, report);
  }

  private ChatCompletionChunk chunk(
      List<ChatCompletionChunk.Choice> choices,
      @Nullable Usage usage,
      @Nullable KvasirReport report) {
    return new ChatCompletionChunk(
        head.id(),
        "chat.completion.chunk",
        head.createdSeconds(),
        head.model(),
        choices,
        usage,
        report);
  }
}
