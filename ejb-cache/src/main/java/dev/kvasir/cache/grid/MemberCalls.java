package dev.kvasir.cache.grid;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.IExecutorService;
import dev.kvasir.cache.Ticker;
import dev.kvasir.cache.stats.LogLimit;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks all members the same at once, and waits no longer than told. */
final class MemberCalls {
  private static final System.Logger LOG = System.getLogger(MemberCalls.class.getName());

  private final IExecutorService executor;
  private final LogLimit silenceLog = new LogLimit(Ticker.system());

  MemberCalls(IExecutorService executor) {
    this.executor = executor;
  }

  /** The answers that came in time. */
  <T> Map<Member, T> askAll(Callable<T> question, int timeoutMillis) {
    Map<Member, T> answers = new HashMap<>();
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    for (Map.Entry<Member, Future<T>> asked : submit(question).entrySet()) {
      try {
        long left = Math.max(0, deadline - System.nanoTime());
        answers.put(asked.getKey(), asked.getValue().get(left, TimeUnit.NANOSECONDS));
      } catch (TimeoutException | ExecutionException e) {
        logSilence(asked.getKey(), timeoutMillis, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return answers;
      }
    }
    return answers;
  }

  /** The answer of one member, or empty if it does not come in time. */
  <T> Optional<T> ask(Member member, Callable<T> question, int timeoutMillis) {
    Future<T> asked = executor.submitToMember(question, member);
    try {
      return Optional.of(asked.get(timeoutMillis, TimeUnit.MILLISECONDS));
    } catch (TimeoutException | ExecutionException e) {
      logSilence(member, timeoutMillis, e);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private void logSilence(Member member, int timeoutMillis, Exception reason) {
    if (silenceLog.allows()) {
      LOG.log(
          Level.INFO,
          "no answer from {0} within {1} ms ({2})",
          member.getAddress(),
          timeoutMillis,
          reason.getClass().getSimpleName());
    }
  }

  private <T> Map<Member, Future<T>> submit(Callable<T> question) {
    try {
      return executor.submitToAllMembers(question);
    } catch (RejectedExecutionException e) {
      throw new GridException("the members cannot be asked: " + e.getMessage(), e);
    }
  }
}
