package dev.kvasir.cache.warm;

import dev.kvasir.cache.CacheWarmer;
import dev.kvasir.cache.WarmUp;
import dev.kvasir.completion.CachePolicy;
import dev.kvasir.completion.Completion;
import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.completion.CompletionService;
import dev.kvasir.completion.NoDecodeSlotException;
import dev.kvasir.completion.Priority;
import dev.kvasir.completion.Prompt;
import dev.kvasir.completion.RequestId;
import dev.kvasir.completion.Sharing;
import dev.kvasir.inference.SamplingParams;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A node's warm-ups: one task, a prompt at a time, takes them in turn. Safe for all threads. */
public final class WarmUps implements CacheWarmer, AutoCloseable {
  /*
   * Each prompt is a request like any other, for one token and at low priority: it stands in the
   * queue, finds what is cached already, and publishes the rest. Between two prompts the task ends
   * and is scheduled anew, so that it holds no thread while it waits to be let in again.
   *
   * Lock: this. Never held during a completion.
   */
  private static final int MAX_KEPT = 32;

  private final CompletionService completions;
  private final ScheduledExecutorService executor;

  /** The last ones by id, oldest first. Guarded by this. */
  private final Map<String, Job> jobs = new LinkedHashMap<>();

  /** Whether a task works on them. Guarded by this. */
  private boolean working;

  /**
   * @param completions compute the prompts
   * @param executor runs the task
   */
  public WarmUps(CompletionService completions, ScheduledExecutorService executor) {
    this.completions = completions;
    this.executor = executor;
  }

  @Override
  public synchronized Optional<WarmUp> start(String tenant, List<Prompt> prompts) {
    if (prompts.isEmpty() || prompts.size() > MAX_PROMPTS) {
      throw new IllegalArgumentException(
          "a warm-up has %d prompts, but must have 1 to %d".formatted(prompts.size(), MAX_PROMPTS));
    }
    if (jobs.values().stream().filter(job -> !job.isOver()).count() >= MAX_OPEN) {
      return Optional.empty();
    }
    String id = UUID.randomUUID().toString();
    Job job = new Job(id, tenant, prompts);
    jobs.put(id, job);
    forgetOld();
    if (!working) {
      working = true;
      later(0);
    }
    return Optional.of(job.snapshot());
  }

  private void forgetOld() {
    Iterator<Job> oldest = jobs.values().iterator();
    while (jobs.size() > MAX_KEPT && oldest.hasNext()) {
      if (oldest.next().isOver()) {
        oldest.remove();
      }
    }
  }

  private void later(int seconds) {
    try {
      Future<?> unused = executor.schedule(this::work, seconds, TimeUnit.SECONDS);
    } catch (RejectedExecutionException e) { // the node is stopping
      close();
    }
  }

  private void work() {
    Optional<Job> next = nextJob();
    if (next.isPresent()) {
      int pauseSeconds = computeOne(next.get());
      later(pauseSeconds);
    }
  }

  private synchronized Optional<Job> nextJob() {
    Optional<Job> next = jobs.values().stream().filter(job -> !job.isOver()).findFirst();
    working = next.isPresent();
    return next;
  }

  /** Seconds after which to go on. */
  private int computeOne(Job job) {
    try {
      Completion completion = completions.complete(request(job), token -> !isOver(job));
      synchronized (this) {
        job.computed(completion.cache());
      }
    } catch (NoDecodeSlotException e) {
      synchronized (this) {
        return job.refused(reason(e)) ? e.retryAfterSeconds() : 0;
      }
    } catch (RuntimeException e) {
      synchronized (this) {
        job.failed(reason(e));
      }
    }
    return 0;
  }

  private static String reason(RuntimeException failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private synchronized boolean isOver(Job job) {
    return job.isOver();
  }

  private synchronized CompletionRequest request(Job job) {
    return new CompletionRequest(
        job.tenant(),
        job.current(),
        SamplingParams.GREEDY,
        1,
        1,
        CachePolicy.USE,
        Sharing.WIDEST,
        Priority.LOW,
        System.nanoTime(),
        RequestId.random());
  }

  @Override
  public synchronized List<WarmUp> all() {
    return jobs.values().stream().map(Job::snapshot).toList();
  }

  @Override
  public synchronized Optional<WarmUp> find(String id) {
    return Optional.ofNullable(jobs.get(id)).map(Job::snapshot);
  }

  @Override
  public synchronized Optional<WarmUp> cancel(String id) {
    Optional<Job> job = Optional.ofNullable(jobs.get(id));
    job.ifPresent(Job::cancel);
    return job.map(Job::snapshot);
  }

  /** Cancels all that is not over. */
  @Override
  public synchronized void close() {
    jobs.values().forEach(Job::cancel);
  }
}
