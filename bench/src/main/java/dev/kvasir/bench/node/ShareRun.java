package dev.kvasir.bench.node;

import dev.kvasir.bench.node.BenchNode.Timed;
import dev.kvasir.bench.serve.Answer;
import dev.kvasir.bench.serve.Distribution;
import dev.kvasir.bench.serve.LoadDriver;
import dev.kvasir.bench.serve.Turn;
import dev.kvasir.completion.CachePolicy;
import dev.kvasir.completion.Completion;
import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.completion.MissReason;
import dev.kvasir.completion.Priority;
import dev.kvasir.completion.Prompt;
import dev.kvasir.completion.RequestId;
import dev.kvasir.completion.Sharing;
import dev.kvasir.completion.SharingScope;
import dev.kvasir.inference.ChatMessage;
import dev.kvasir.inference.Conversation;
import dev.kvasir.inference.Model;
import dev.kvasir.inference.SamplingParams;
import dev.kvasir.inference.TokenIds;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** One run of a workload on two nodes, one request on each at a time; a user's turns go to both. */
final class ShareRun {
  /**
   * What it came to.
   *
   * @param requestsPerSecond over the whole run
   * @param ttftMillis median time to first token
   * @param cachedShare part of all prompts' tokens that was not computed, 0 to 1
   * @param computedShares part of all prompts' tokens that was computed, by reason
   */
  record Result(
      double requestsPerSecond,
      double ttftMillis,
      double cachedShare,
      Map<MissReason, Double> computedShares) {}

  private static final int CONCURRENCY = 2;
  private static final SamplingParams GREEDY = SamplingParams.builder().ignoreEos(true).build();

  private final ShareWorkload workload;
  private final SharingScope scope;
  private final Map<Turn, String> expected;
  private final List<Conversation> asked = new ArrayList<>();
  private final Map<MissReason, Integer> computed = new EnumMap<>(MissReason.class);

  /**
   * @param scope among whom blocks are shared; a session is a user
   * @param expected answers of runs before it, to which its own are added
   */
  ShareRun(ShareWorkload workload, SharingScope scope, Map<Turn, String> expected) {
    this.workload = workload;
    this.scope = scope;
    this.expected = expected;
  }

  /**
   * Runs it.
   *
   * @throws IllegalStateException if an answer is not the one of another run
   */
  Result on(NodePair pair) {
    ExecutorService threads = Executors.newFixedThreadPool(CONCURRENCY);
    long begin = System.nanoTime();
    try {
      LoadDriver driver =
          new LoadDriver(
              (turn, messages, due) -> ask(pair, turn, messages, due), threads, () -> since(begin));
      List<Answer> answers = driver.runClosed(workload.turns(), CONCURRENCY);
      double seconds = since(begin);
      answers.forEach(this::check);
      return result(answers, seconds);
    } finally {
      threads.shutdownNow();
    }
  }

  /** The prompts of a run as they came. */
  List<TokenIds> prompts(Model model) {
    synchronized (asked) {
      return asked.stream()
          .map(messages -> model.tokenize(model.applyChatTemplate(messages), false))
          .toList();
    }
  }

  private Answer ask(NodePair pair, Turn turn, List<Map<String, String>> messages, double due) {
    Prompt.Chat prompt = new Prompt.Chat(messages.stream().map(ShareRun::message).toList());
    synchronized (asked) {
      asked.add(prompt.conversation());
    }
    Sharing sharing = new Sharing(scope, "user-" + turn.conversation(), null);
    CompletionRequest request =
        new CompletionRequest(
            "bench",
            prompt,
            GREEDY,
            turn.maxTokens(),
            1,
            CachePolicy.USE,
            sharing,
            Priority.NORMAL,
            System.nanoTime(),
            RequestId.random());
    Timed timed = pair.node(turn.conversation() + turn.round()).complete(request);
    Completion completion = timed.completion();
    synchronized (computed) {
      completion
          .cache()
          .gaps()
          .forEach(gap -> computed.merge(gap.reason(), gap.tokens(), Integer::sum));
    }
    double first = due + timed.firstTokenMillis() / 1e3;
    return new Answer(
        turn,
        new Answer.Seconds(due, List.of(first), first),
        completion.text(),
        new Answer.Tokens(
            completion.promptTokens(),
            completion.cache().cachedTokens(),
            completion.choices().get(0).newTokens()),
        "");
  }

  private void check(Answer answer) {
    String other = expected.putIfAbsent(answer.turn(), answer.text());
    if (other != null && !other.equals(answer.text())) {
      throw new IllegalStateException(
          "%s answered otherwise in scope %s: '%s', '%s' before"
              .formatted(answer.turn(), scope.label(), answer.text(), other));
    }
  }

  private Result result(List<Answer> answers, double seconds) {
    double prompt = answers.stream().mapToInt(answer -> answer.tokens().prompt()).sum();
    double cached = answers.stream().mapToInt(answer -> answer.tokens().cached()).sum();
    Distribution ttft = new Distribution(answers.stream().map(Answer::timeToFirstToken).toList());
    Map<MissReason, Double> shares = new EnumMap<>(MissReason.class);
    synchronized (computed) {
      computed.forEach((reason, tokens) -> shares.put(reason, tokens / prompt));
    }
    return new Result(answers.size() / seconds, 1e3 * ttft.percentile(50), cached / prompt, shares);
  }

  private static ChatMessage message(Map<String, String> message) {
    return new ChatMessage(
        message.getOrDefault("role", "user"), message.getOrDefault("content", ""));
  }

  private static double since(long beginNanos) {
    return (System.nanoTime() - beginNanos) / 1e9;
  }
}
