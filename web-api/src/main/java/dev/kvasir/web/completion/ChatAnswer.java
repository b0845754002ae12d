package dev.kvasir.web.completion;

import dev.kvasir.completion.Completion;
import dev.kvasir.completion.CompletionChoice;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.inference.TokenLogprobs;
import dev.kvasir.web.openai.ChatCompletion;
import dev.kvasir.web.openai.ChatCompletionChunk;
import dev.kvasir.web.openai.KvasirReport;
import dev.kvasir.web.openai.ToolCallBody;
import dev.kvasir.web.openai.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The wire form of a chat's answers, whole or as a stream. */
record ChatAnswer(AnswerHead head, int choices, boolean includeUsage) implements ChoicesForm {
  private static final String ROLE = "assistant";

  @Override
  public ChatCompletion whole(Completion completion) {
    List<ChatCompletion.Choice> answers = new ArrayList<>();
    for (CompletionChoice choice : completion.choices()) {
      answers.add(
          new ChatCompletion.Choice(
              answers.size(),
              new ChatCompletion.Message(ROLE, choice.text(), null, null),
              ChatLogprobForm.of(choice.logprobs()),
              Counts.finishReason(choice)));
    }
    return new ChatCompletion(
        head.id(),
        "chat.completion",
        head.createdSeconds(),
        head.model(),
        answers,
        Counts.usage(completion),
        Counts.report(completion.cache(), head));
  }

  @Override
  public List<Object> begin() {
    ChatCompletionChunk.Delta role = new ChatCompletionChunk.Delta(ROLE, "", null);
    return IntStream.range(0, choices)
        .<Object>mapToObj(
            index -> chunk(new ChatCompletionChunk.Choice(index, role, null, null), null))
        .toList();
  }

  @Override
  public Object token(GeneratedToken token) {
    TokenLogprobs logprobs = token.logprobs();
    return chunk(
        new ChatCompletionChunk.Choice(
            token.choice(),
            new ChatCompletionChunk.Delta(null, token.text(), null),
            logprobs == null ? null : ChatLogprobForm.of(List.of(logprobs)),
            null),
        null);
  }

  /** More text of an answer. */
  Object text(int choice, String text) {
    return delta(choice, new ChatCompletionChunk.Delta(null, text, null));
  }

  /** The calls that an answer asks for. */
  Object calls(int choice, List<ToolCallBody> calls) {
    return delta(choice, new ChatCompletionChunk.Delta(null, null, calls));
  }

  private Object delta(int choice, ChatCompletionChunk.Delta delta) {
    return chunk(new ChatCompletionChunk.Choice(choice, delta, null, null), null);
  }

  @Override
  public Object finish(int choice, String reason, @Nullable KvasirReport report) {
    ChatCompletionChunk.Delta nothing = new ChatCompletionChunk.Delta(null, null, null);
    return chunk(new ChatCompletionChunk.Choice(choice, nothing, null, reason), report);
  }

  @Override
  public Object counts(Usage usage, KvasirReport report) {
    return chunk(List.of(), usage, report);
  }

  private ChatCompletionChunk chunk(
      ChatCompletionChunk.Choice choice, @Nullable KvasirReport report) {
    return chunk(List.of(choice), null, report);
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
