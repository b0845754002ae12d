package dev.kvasir.bench.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LoadDriverTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  @Test
  void runClosed_twoAtATime_alwaysTwoAndNeverThree() {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CyclicBarrier two = new CyclicBarrier(2); // nobody ends before another one came
    LoadDriver driver =
        driver(
            (turn, messages, due) -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              await(two);
              running.decrementAndGet();
              return answer(turn, "", due);
            });
    List<Turn> turns = IntStream.range(0, 10).mapToObj(i -> turn(i, 0)).toList();
    assertEquals(turns, driver.runClosed(turns, 2).stream().map(Answer::turn).toList());
    assertEquals(2, most.get());
  }

  @Test
  void run_conversation_sendsTheAnswersBeforeAlong() {
    List<List<String>> sent = Collections.synchronizedList(new ArrayList<>());
    LoadDriver driver =
        driver(
            (turn, messages, due) -> {
              sent.add(messages.stream().map(message -> message.get("content")).toList());
              return answer(turn, turn.round() == 1 ? "no" : "", due);
            });
    driver.runClosed(List.of(turn(0, 0), turn(0, 1), turn(0, 2)), 3);
    assertEquals(
        List.of(
            List.of("be brief", "round 0"),
            List.of("be brief", "round 0", "answer 0", "round 1"),
            List.of("be brief", "round 0", "answer 0", "round 2")), // round 1 failed
        sent);
  }

  @Test
  void runOpen_schedule_isWhatRequestsCountFrom() {
    double[] due = {0.01, 0.02, 0.03};
    AtomicInteger early = new AtomicInteger();
    long start = System.nanoTime();
    LoadDriver driver =
        new LoadDriver(
            (turn, messages, dueSeconds) -> {
              if ((System.nanoTime() - start) / 1e9 < dueSeconds) {
                early.incrementAndGet();
              }
              return answer(turn, "", dueSeconds);
            },
            threads,
            () -> (System.nanoTime() - start) / 1e9);
    List<Answer> answers = driver.runOpen(List.of(turn(0, 0), turn(1, 0), turn(2, 0)), due);
    assertEquals(
        List.of(0.01, 0.02, 0.03), answers.stream().map(answer -> answer.seconds().due()).toList());
    assertEquals(0, early.get());
  }

  private LoadDriver driver(LoadDriver.Asker asker) {
    return new LoadDriver(asker, threads, () -> 0);
  }

  private static Turn turn(int conversation, int round) {
    return new Turn(conversation, round, "be brief", "round " + round, 16);
  }

  private static Answer answer(Turn turn, String error, double due) {
    return new Answer(
        turn,
        new Answer.Seconds(due, List.of(due), due),
        "answer " + turn.round(),
        Answer.Tokens.UNKNOWN,
        error);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
