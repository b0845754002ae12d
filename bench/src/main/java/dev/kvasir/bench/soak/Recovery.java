package dev.kvasir.bench.soak;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What the loss of a node costs those whose answers stream from the other one. */
final class Recovery {
  static final int STREAMS = 8;
  private static final double ENOUGH = 0.9; // of the hit share before
  private static final double BEFORE_SECONDS = 10;
  private static final double AFTER_SECONDS = 20;
  private static final double WINDOW_SECONDS = 1;
  private static final double STEP_SECONDS = 0.1;

  private final NodeProcess survivor;
  private final List<Question> questions;
  private final ExecutorService threads;
  private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();

  /** A stream that came to its end so many seconds after the kill. */
  private record Ended(long nanos, EventStream stream) {
    double secondsAfter(long killedNanos) {
      return (nanos - killedNanos) / 1e9;
    }
  }

  /**
   * What was seen.
   *
   * @param streams that ended, before and after
   * @param failed of these
   * @param shareBefore of the prompts' tokens that came from the cache, before the kill
   * @param lowestShare in any second after it; 0 for a second without an answer
   * @param seconds after it until the share was back above nine tenths, for good
   */
  record Result(
      long streams, long failed, double shareBefore, double lowestShare, double seconds) {}

  Recovery(NodeProcess survivor, List<Question> questions, ExecutorService threads) {
    this.survivor = survivor;
    this.questions = List.copyOf(questions);
    this.threads = threads;
  }

  /** Streams from the survivor, and kills the other in the midst of it. */
  Result measure(NodeProcess victim) throws IOException {
    for (Question question : questions) { // so that half of the blocks were computed by each
      for (NodeProcess node : List.of(victim, survivor)) {
        HttpResponse<String> unused = node.client().ask(question.path(), question.whole(true));
      }
    }
    double seconds = BEFORE_SECONDS + AFTER_SECONDS;
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos((long) seconds);
    List<CompletableFuture<Void>> streams = new ArrayList<>();
    for (int i = 0; i < STREAMS; i++) {
      Random random = new Random(i);
      streams.add(CompletableFuture.runAsync(() -> stream(random, endNanos), threads));
    }
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos((long) BEFORE_SECONDS));
    long killedNanos = System.nanoTime();
    victim.kill();
    streams.forEach(CompletableFuture::join);
    return result(killedNanos);
  }

  private void stream(Random random, long endNanos) {
    while (System.nanoTime() < endNanos) {
      Question question = questions.get(random.nextInt(questions.size()));
      EventStream stream;
      try {
        HttpResponse<String> response = survivor.client().ask(question.path(), question.streamed());
        stream = EventStream.of(response.statusCode() == 200 ? response.body() : "");
      } catch (IOException e) {
        stream = EventStream.of("");
      }
      ended.add(new Ended(System.nanoTime(), stream));
    }
  }

  private Result result(long killedNanos) {
    double before = share(killedNanos, -BEFORE_SECONDS, 0);
    double lowest = 1;
    double back = 0;
    for (double at = STEP_SECONDS; at <= AFTER_SECONDS - WINDOW_SECONDS; at += STEP_SECONDS) {
      double share = share(killedNanos, at - WINDOW_SECONDS, at);
      lowest = Math.min(lowest, share);
      back = share < ENOUGH * before ? at : back;
    }
    long failed = ended.stream().filter(one -> !one.stream().whole()).count();
    return new Result(ended.size(), failed, before, lowest, back);
  }

  /** Of the streams that ended in these seconds after the kill. */
  private double share(long killedNanos, double from, double to) {
    long prompt = 0;
    long cached = 0;
    for (Ended one : ended) {
      double at = one.secondsAfter(killedNanos);
      if (at > from && at <= to) {
        prompt += one.stream().promptTokens();
        cached += one.stream().cachedTokens();
      }
    }
    return prompt == 0 ? 0 : (double) cached / prompt;
  }
}
