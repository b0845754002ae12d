package dev.kvasir.web.completion;

import dev.kvasir.completion.Completion;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.inference.TokenLogprobs;
import dev.kvasir.web.openai.ChatCompletion;
import dev.kvasir.web.openai.ChatCompletionChunk;
import dev.kvasir.web.openai.ChatLogprobs;
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
                ChatLogprobForm.of(completion.logprobs()),
                Counts.finishReason(completion))),
        Counts.usage(completion),
        Counts.report(completion.cache()));
  }

  @Override
  public List<Object> begin() {
    return List.of(chunk(choice(new ChatCompletionChunk.Delta(ROLE, ""), null, null), null, null));
  }

  @Override
  public Object token(GeneratedToken token) {
    ChatCompletionChunk.Delta delta = new ChatCompletionChunk.Delta(null, token.text());
    TokenLogprobs logprobs = token.logprobs();
    ChatLogprobs form = logprobs == null ? null : ChatLogprobForm.of(List.of(logprobs));
    return chunk(choice(delta, form, null), null, null);
  }

  @Override
  public List<Object> end(Completion completion) {
    KvasirReport report = Counts.report(completion.cache());
    List<Object> events = new ArrayList<>();
    events.add(
        chunk(
            choice(
                new ChatCompletionChunk.Delta(null, null), null, Counts.finishReason(completion)),
            null,
            includeUsage ? null : report));
    if (includeUsage) {
      events.add(chunk(List.of(), Counts.usage(completion), report));
    }
    return events;
  }

  private static List<ChatCompletionChunk.Choice> choice(
      ChatCompletionChunk.Delta delta,
      @Nullable ChatLogprobs logprobs,
      @Nullable String finishReason) {
    return List.of(new ChatCompletionChunk.Choice(0, delta, logprobs, finishReason));
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
