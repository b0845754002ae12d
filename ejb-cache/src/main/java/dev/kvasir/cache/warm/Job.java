package dev.kvasir.cache.warm;

import dev.kvasir.cache.WarmUp;
import dev.kvasir.cache.WarmUp.State;
import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.Prompt;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One warm-up. Not safe for threads. */
final class Job {
  /** Times that a prompt which finds no decode slot is tried. */
  private static final int MAX_TRIES = 5;

  private final String id;
  private final String tenant;
  private final Deque<Prompt> open;
  private final int prompts;
  private State state = State.WAITING;
  private int tries;
  private int done;
  private int failed;
  private long cachedTokens;
  private long computedTokens;
  private @Nullable String lastFailure;

  Job(String id, String tenant, List<Prompt> prompts) {
    this.id = id;
    this.tenant = tenant;
    this.open = new ArrayDeque<>(prompts);
    this.prompts = prompts.size();
  }

  String tenant() {
    return tenant;
  }

  boolean isOver() {
    return state.isOver();
  }

  /** The prompt whose turn it is. */
  Prompt current() {
    if (!isOver()) {
      state = State.RUNNING;
    }
    return open.getFirst();
  }

  /** The current prompt is computed. */
  void computed(CacheReport report) {
    done++;
    cachedTokens += report.cachedTokens();
    computedTokens += report.computedTokens();
    goOn();
  }

  /** The current prompt cannot be computed. */
  void failed(String reason) {
    failed++;
    lastFailure = reason;
    goOn();
  }

  /** The current prompt found no decode slot; whether it is to be tried again. */
  boolean refused(String reason) {
    if (++tries < MAX_TRIES && !isOver()) {
      return true;
    }
    failed(reason);
    return false;
  }

  private void goOn() {
    tries = 0;
    open.removeFirst();
    if (open.isEmpty() && !isOver()) {
      state = State.DONE;
    }
  }

  void cancel() {
    if (!isOver()) {
      state = State.CANCELLED;
    }
  }

  WarmUp snapshot() {
    return new WarmUp(
        id,
        tenant,
        state,
        prompts,
        new WarmUp.Counts(done, failed, cachedTokens, computedTokens),
        lastFailure);
  }
}
