package dev.kvasir.web.completion;

import dev.kvasir.completion.Completion;
import dev.kvasir.completion.CompletionChoice;
import dev.kvasir.inference.FinishReason;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.web.openai.ChatCompletion;
import dev.kvasir.web.openai.KvasirReport;
import dev.kvasir.web.openai.Usage;
import dev.kvasir.web.tool.CallReader;
import dev.kvasir.web.tool.Tools;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The wire form of a chat's answers that may be calls of tools. For one request and thread. */
final class ToolAnswer implements ChoicesForm {
  private static final String STOP = "stop";
  private static final String TOOL_CALLS = "tool_calls";

  private final ChatAnswer plain;
  private final Tools tools;
  private final boolean parallel;
  private final List<CallReader> streamed; // (choices)
  private final List<Boolean> called = new ArrayList<>(); // (choices), from the end on

  /**
   * @param plain the form of what is no call
   * @param parallel whether one answer may have several calls; else the first counts
   */
  ToolAnswer(ChatAnswer plain, Tools tools, boolean parallel) {
    this.plain = plain;
    this.tools = tools;
    this.parallel = parallel;
    streamed = Stream.generate(tools::reader).limit(plain.choices()).toList();
  }

  @Override
  public AnswerHead head() {
    return plain.head();
  }

  @Override
  public boolean includeUsage() {
    return plain.includeUsage();
  }

  @Override
  public ChatCompletion whole(Completion completion) {
    ChatCompletion answer = plain.whole(completion);
    List<ChatCompletion.Choice> choices = new ArrayList<>();
    for (ChatCompletion.Choice choice : answer.choices()) {
      choices.add(whole(choice, completion.choices().get(choice.index())));
    }
    return new ChatCompletion(
        answer.id(),
        answer.object(),
        answer.created(),
        answer.model(),
        choices,
        answer.usage(),
        answer.kvasir());
  }

  private ChatCompletion.Choice whole(ChatCompletion.Choice plainChoice, CompletionChoice choice) {
    CallReader reader = tools.reader();
    String text = reader.push(choice.text());
    CallReader.Rest rest = rest(reader, choice);
    if (rest.calls().isEmpty()) {
      return plainChoice;
    }
    return new ChatCompletion.Choice(
        plainChoice.index(),
        new ChatCompletion.Message(
            plainChoice.message().role(), text.isEmpty() ? null : text, null, rest.calls()),
        plainChoice.logprobs(),
        TOOL_CALLS);
  }

  private CallReader.Rest rest(CallReader reader, CompletionChoice choice) {
    CallReader.Rest rest = reader.finish(choice.finishReason() == FinishReason.STOP);
    boolean tooMany = !parallel && rest.calls().size() > 1;
    return tooMany ? new CallReader.Rest(rest.text(), rest.calls().subList(0, 1)) : rest;
  }

  @Override
  public List<Object> begin() {
    return plain.begin();
  }

  @Override
  public @Nullable Object token(GeneratedToken token) {
    String text = streamed.get(token.choice()).push(token.text());
    if (text.isEmpty() && token.logprobs() == null) {
      return null;
    }
    return plain.token(
        new GeneratedToken(
            token.choice(), token.tokenId(), text, token.finish(), token.logprobs()));
  }

  @Override
  public List<Object> end(Completion completion) {
    List<Object> events = new ArrayList<>();
    for (int choice = 0; choice < streamed.size(); choice++) {
      CallReader.Rest rest = rest(streamed.get(choice), completion.choices().get(choice));
      called.add(!rest.calls().isEmpty());
      if (!rest.text().isEmpty()) {
        events.add(plain.text(choice, rest.text()));
      }
      if (!rest.calls().isEmpty()) {
        events.add(plain.calls(choice, rest.numbered()));
      }
    }
    events.addAll(ChoicesForm.super.end(completion));
    return events;
  }

  @Override
  public Object finish(int choice, String reason, @Nullable KvasirReport report) {
    boolean calls = reason.equals(STOP) && called.get(choice);
    return plain.finish(choice, calls ? TOOL_CALLS : reason, report);
  }

  @Override
  public Object counts(Usage usage, KvasirReport report) {
    return plain.counts(usage, report);
  }
}
