package dev.kvasir.cache.grid;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.topic.ITopic;
import com.hazelcast.topic.Message;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** How nodes ask a client of the grid, which no member can send a task to. */
final class Inbox {
  /*
   * Each node listens to one of some topics, by its id, and takes what is addressed to it: questions
   * if it is a client, answers to its own questions whatever it is. The number of topics is fixed,
   * since those of nodes that died would stay with the members for ever; it is large enough for a
   * node to hear little of what is meant for others.
   *
   * Letters can be lost: who asks waits no longer than it says. Tasks under way are bounded, and
   * what comes beyond is answered at once, as a failure.
   */
  private static final System.Logger LOG = System.getLogger(Inbox.class.getName());
  private static final int TOPICS = 64;
  private static final int MAX_RUNNING = 64;

  private final HazelcastInstance hazelcast;
  private final Executor executor;
  private final UUID self;
  private final Map<Long, CompletableFuture<Object>> waiting = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong();
  private final AtomicInteger running = new AtomicInteger();

  /**
   * @param executor runs what this node is asked for
   */
  Inbox(HazelcastInstance hazelcast, Executor executor) {
    this.hazelcast = hazelcast;
    this.executor = executor;
    this.self = hazelcast.getLocalEndpoint().getUuid();
    UUID unused = topic(self).addMessageListener(this::receive);
  }

  /**
   * A question to a node, or the answer to one.
   *
   * @param to whom
   * @param from whom
   * @param number of the question, its asker's
   * @param content a {@link MemberTask} that is callable, what came of it, or null if it failed
   */
  record Letter(UUID to, UUID from, long number, @Nullable Object content) {}

  private ITopic<Letter> topic(UUID node) {
    return hazelcast.getTopic(HazelcastSettings.INBOX + Math.floorMod(node.hashCode(), TOPICS));
  }

  /** The answer of a client; fails if it does not come in time. */
  @SuppressWarnings("unchecked") // a task's answer is what the task says
  <T> CompletableFuture<T> ask(UUID client, Callable<T> task, int timeoutMillis) {
    long number = numbers.incrementAndGet();
    CompletableFuture<Object> answer = new CompletableFuture<>();
    waiting.put(number, answer);
    try {
      topic(client).publish(new Letter(client, self, number, task));
    } catch (RuntimeException e) {
      answer.completeExceptionally(e);
    }
    return (CompletableFuture<T>)
        answer
            .orTimeout(timeoutMillis, TimeUnit.MILLISECONDS)
            .whenComplete((value, failure) -> waiting.remove(number));
  }

  private void receive(Message<Letter> message) {
    Letter letter = message.getMessageObject();
    if (!letter.to().equals(self)) {
      return;
    }
    if (letter.content() instanceof MemberTask task && task instanceof Callable<?> question) {
      task.setHazelcastInstance(hazelcast);
      accept(letter, question);
      return;
    }
    CompletableFuture<Object> asked = waiting.get(letter.number());
    if (asked != null) {
      Object content = letter.content();
      boolean unused =
          content == null
              ? asked.completeExceptionally(new GridException("the node asked could not answer"))
              : asked.complete(content);
    }
  }

  private void accept(Letter letter, Callable<?> question) {
    try {
      if (running.incrementAndGet() > MAX_RUNNING) {
        throw new RejectedExecutionException(MAX_RUNNING + " tasks of other nodes run already");
      }
      executor.execute(
          () -> {
            Object answer;
            try {
              answer = answer(question);
            } finally {
              running.decrementAndGet();
            }
            reply(letter, answer);
          });
    } catch (RejectedExecutionException e) {
      running.decrementAndGet();
      reply(letter, null);
    }
  }

  private static @Nullable Object answer(Callable<?> question) {
    try {
      return question.call();
    } catch (Exception e) {
      LOG.log(Level.DEBUG, "a task of another node failed", e);
      return null;
    }
  }

  private void reply(Letter letter, @Nullable Object answer) {
    try {
      topic(letter.from()).publish(new Letter(letter.from(), self, letter.number(), answer));
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "an answer was not sent; who asked gives up waiting", e);
    }
  }
}
