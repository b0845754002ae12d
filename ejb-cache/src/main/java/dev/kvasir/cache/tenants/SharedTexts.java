package dev.kvasir.cache.tenants;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The texts that hold for all nodes, as one node knows them. Safe for all threads. */
public final class SharedTexts {
  private final Replica replica;
  private final InstantSource clock;

  SharedTexts(Replica replica, InstantSource clock) {
    this.replica = replica;
    this.clock = clock;
  }

  /** A text as last heard. */
  public SharedText find(String id) {
    return of(id, replica.get(SharedText.registryKey(id)));
  }

  /**
   * Writes a text anew on all nodes; it is on this node's disk when this returns.
   *
   * @param seen tags, by {@link SharedText#tag}, in whose states it is meant to be changed
   * @param by who does so
   * @param edit makes the next text; may be called again, and may refuse by an exception
   * @throws StaleTextException if it is in another state
   */
  public SharedText change(
      String id, Predicate<String> seen, String by, UnaryOperator<String> edit) {
    return replica.change(
        SharedText.registryKey(id),
        current -> {
          SharedText now = of(id, current);
          if (!seen.test(now.tag())) {
            throw new StaleTextException(now);
          }
          String next = edit.apply(now.text());
          return next.equals(now.text()) ? now : written(now, next, by);
        });
  }

  /**
   * The next state. Its version is a time, so that of texts that nodes have written who knew
   * nothing of each other the last one holds.
   */
  private SharedText written(SharedText last, String next, String by) {
    Instant changed = later(last);
    long version = Math.max(last.version() + 1, changed.toEpochMilli());
    return new SharedText(last.id(), next, PlainText.cut(by), changed, version);
  }

  /** Now, or just after the last change where another node's clock was ahead. */
  private Instant later(SharedText last) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Instant soonest = last.changed().plusMillis(1);
    return now.isAfter(soonest) ? now : soonest;
  }

  private static SharedText of(String id, @Nullable Registered found) {
    return found instanceof SharedText text ? text : SharedText.unwritten(id);
  }
}
