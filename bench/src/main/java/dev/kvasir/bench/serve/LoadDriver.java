package dev.kvasir.bench.serve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;

/**
 * Sends turns in their order, by a schedule or so many at a time, and gathers the answers. For one
 * run, by one thread.
 */
public final class LoadDriver {
  /*
   * With a schedule (open loop) a request counts from when it was due, not from when it was sent: else a server that
   * makes its clients wait would look the better for it ("coordinated omission"). A turn still waits for the answer
   * before it in its conversation, since it has to be sent along.
   */

  /** Answers a turn; takes as long as that takes. */
  public interface Asker {
    /**
     * Never throws for what goes wrong between it and the endpoint: that is an answer, too.
     *
     * @param messages the conversation up to the turn, the turn included: role and content each
     * @param due when it was to be sent, by the clock
     */
    Answer ask(Turn turn, List<Map<String, String>> messages, double due);
  }

  private final Asker asker;
  private final Executor threads;
  private final DoubleSupplier clock;
  private final Map<Integer, CompletableFuture<List<Map<String, String>>>> histories =
      new HashMap<>();
  private final List<CompletableFuture<Answer>> answers = new ArrayList<>();

  /**
   * Ready to send.
   *
   * @param threads lends one for each request that runs
   * @param clock seconds from the run's start
   */
  public LoadDriver(Asker asker, Executor threads, DoubleSupplier clock) {
    this.asker = asker;
    this.threads = threads;
    this.clock = clock;
  }

  /**
   * Sends each turn when it is due, whoever still waits.
   *
   * @param dueSeconds rising, one for each turn
   * @return the answers in the order of the turns
   */
  public List<Answer> runOpen(List<Turn> turns, double[] dueSeconds) {
    for (int i = 0; i < turns.size(); i++) {
      double due = dueSeconds[i];
      awaitTime(due);
      var unused = send(turns.get(i), () -> due); // joined below
    }
    return answers.stream().map(CompletableFuture::join).toList();
  }

  /**
   * Sends the next turn when one of {@code concurrency} running ones is answered.
   *
   * @return the answers in the order of the turns
   */
  public List<Answer> runClosed(List<Turn> turns, int concurrency) {
    Semaphore free = new Semaphore(concurrency);
    for (Turn turn : turns) {
      free.acquireUninterruptibly();
      var unused = send(turn, clock).whenComplete((answer, failure) -> free.release());
    }
    return answers.stream().map(CompletableFuture::join).toList();
  }

  private CompletableFuture<Answer> send(Turn turn, DoubleSupplier due) {
    CompletableFuture<List<Map<String, String>>> before =
        histories.getOrDefault(turn.conversation(), CompletableFuture.completedFuture(List.of()));
    CompletableFuture<Answer> answer =
        before.thenApplyAsync(
            history -> asker.ask(turn, asked(turn, history), due.getAsDouble()), threads);
    histories.put(
        turn.conversation(),
        before.thenCombine(answer, (history, given) -> answered(turn, history, given)));
    answers.add(answer);
    return answer;
  }

  private static List<Map<String, String>> asked(Turn turn, List<Map<String, String>> history) {
    List<Map<String, String>> messages = new ArrayList<>(history);
    if (history.isEmpty() && !turn.system().isEmpty()) {
      messages.add(message("system", turn.system()));
    }
    messages.add(message("user", turn.text()));
    return messages;
  }

  /** A failed turn is left out of what follows. */
  private static List<Map<String, String>> answered(
      Turn turn, List<Map<String, String>> history, Answer answer) {
    if (answer.failed()) {
      return history;
    }
    List<Map<String, String>> messages = asked(turn, history);
    messages.add(message("assistant", answer.text()));
    return messages;
  }

  private static Map<String, String> message(String role, String content) {
    return Map.of("role", role, "content", content);
  }

  private void awaitTime(double seconds) {
    for (double left = seconds - clock.getAsDouble();
        left > 0;
        left = seconds - clock.getAsDouble()) {
      LockSupport.parkNanos((long) (left * TimeUnit.SECONDS.toNanos(1)));
    }
  }
}
